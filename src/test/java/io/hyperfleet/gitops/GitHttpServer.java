package io.hyperfleet.gitops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Serves bare repositories over HTTPS by git's own http-backend, and does on the way what a test wants. */
final class GitHttpServer implements AutoCloseable {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Path repositories;
  private final AtomicInteger pushes = new AtomicInteger();
  private volatile Predicate<String> accepts = authorization -> true;
  private volatile Runnable beforePush = () -> {};
  private volatile boolean readOnly;
  private volatile boolean answersLost;
  private String certificate;

  /**
   * Serves them with a certificate that nobody knows.
   *
   * @param repositories the folder that they are in
   */
  GitHttpServer(Path repositories) {
    this.repositories = repositories;
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  private SSLContext context() {
    try {
      var file = Files.createTempDirectory(repositories, "tls").resolve("server.p12");
      var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
          "-genkeypair",
          "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-storetype",
          "PKCS12",
          "-keystore", file.toString(), "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      process.waitFor();
      var store = KeyStore.getInstance(file.toFile(), PASSWORD);
      certificate = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(
          store.getCertificate("server").getEncoded()) + "\n-----END CERTIFICATE-----\n";
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String url(String repository) {
    return "https://localhost:" + server.getAddress().getPort() + "/" + repository;
  }

  /** What a client has to trust, in PEM. */
  String certificate() {
    return certificate;
  }

  /** Lets in whoever shows this in the header Authorization. */
  void accept(Predicate<String> authorization) {
    accepts = authorization;
  }

  /** Does something after a client has seen the branch and before what it sends is looked at. */
  void beforePush(Runnable work) {
    beforePush = work;
  }

  /** Whether everybody may read and nobody write. */
  void readOnly(boolean only) {
    readOnly = only;
  }

  /** Whether what is sent is taken, and the connection ends before anybody is told. */
  void loseAnswers(boolean lost) {
    answersLost = lost;
  }

  /** How often something was sent. */
  int pushes() {
    return pushes.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (!accepts.test(authorization == null ? "" : authorization)) {
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      if (readOnly && exchange.getRequestURI().toString().contains("git-receive-pack")) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      boolean push = exchange.getRequestURI().getPath().endsWith("/git-receive-pack");
      if (push) {
        pushes.incrementAndGet();
        beforePush.run();
      }
      var answer = backend(exchange, body);
      if (!push || !answersLost) {
        send(exchange, answer);
      }
    }
  }

  private byte[] backend(HttpExchange exchange, byte[] body) throws IOException {
    var builder = new ProcessBuilder("git", "http-backend").directory(repositories.toFile());
    var environment = builder.environment();
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_PROJECT_ROOT", repositories.toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("PATH_INFO", exchange.getRequestURI().getPath());
    environment.put("QUERY_STRING", String.valueOf(exchange.getRequestURI().getQuery()));
    environment.put("REQUEST_METHOD", exchange.getRequestMethod());
    environment.put("REMOTE_USER", "tester");
    environment.put("CONTENT_LENGTH", String.valueOf(body.length));
    header(exchange, "Content-Type", builder, "CONTENT_TYPE");
    header(exchange, "Content-Encoding", builder, "HTTP_CONTENT_ENCODING");
    header(exchange, "Git-Protocol", builder, "HTTP_GIT_PROTOCOL");
    var process = builder.start();
    try (var input = process.getOutputStream()) {
      input.write(body);
    }
    return process.getInputStream().readAllBytes();
  }

  private static void header(HttpExchange exchange, String name, ProcessBuilder builder, String variable) {
    var value = exchange.getRequestHeaders().getFirst(name);
    if (value != null) {
      builder.environment().put(variable, value);
    }
  }

  private static void send(HttpExchange exchange, byte[] answer) throws IOException {
    var text = new String(answer, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    int status = 200;
    for (String line : text.substring(0, end).split("\r\n")) {
      var pair = line.split(": ", 2);
      if (pair[0].equals("Status")) {
        status = Integer.parseInt(pair[1].substring(0, 3));
      } else {
        exchange.getResponseHeaders().add(pair[0], pair[1]);
      }
    }
    exchange.sendResponseHeaders(status, 0);
    new ByteArrayInputStream(answer, end + 4, answer.length - end - 4).transferTo(exchange.getResponseBody());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
