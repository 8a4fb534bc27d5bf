package io.hyperfleet.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The Chromium of this machine, and everything that its console said. Without one a test is skipped. */
final class Browser implements AutoCloseable {

  private static final Path PICTURES = Path.of("docs", "images");
  private static final int MILLIS = 30_000;

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final String allowed;
  private final List<String> said = new CopyOnWriteArrayList<>();

  /**
   * Opens one.
   *
   * @param allowed beginning of every address that a page may ask for
   */
  Browser(String allowed) {
    var installed = installed();
    assumeTrue(installed.isPresent(),
        "no Chromium on this machine (apt-get install chromium): pages are not looked at");
    this.allowed = allowed;
    PlaywrightAssertions.setDefaultAssertionTimeout(2 * MILLIS);
    playwright = Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(installed.get())
        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }

  private static Optional<Path> installed() {
    return Stream.of(System.getenv("PATH").split(":")).flatMap(folder -> Stream
        .of("chromium", "chromium-browser", "google-chrome").map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable).findFirst();
  }

  /** A window of a width, in the light or in the dark. */
  Page window(int width, ColorScheme scheme) {
    BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
        .setViewportSize(width, 900).setColorScheme(scheme));
    context.setDefaultTimeout(MILLIS);
    var page = context.newPage();
    page.onConsoleMessage(message -> said.add(message.type() + ": " + message.text()));
    page.onPageError(said::add);
    page.onRequest(request -> {
      if (!request.url().startsWith(allowed)) {
        said.add("asked for " + request.url());
      }
    });
    return page;
  }

  /** What the browser complained about, and what was asked of others. */
  List<String> said() {
    return said;
  }

  /** Keeps a picture of a page for the documentation, where {@code -Dconsole.pictures=true} asks for it. */
  static void picture(Page page, String name) {
    if (Boolean.getBoolean("console.pictures")) {
      page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
