package io.hyperfleet.role;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * The running release from the build info, available before the application starts, such as for logs.
 */
public final class Release {

  private static final String PREFIX = "build.";
  private static final BuildProperties BUILT = new BuildProperties(read());

  private Release() {}

  private static Properties read() {
    var built = new Properties();
    try {
      PropertiesLoaderUtils.loadProperties(new ClassPathResource("META-INF/build-info.properties"))
          .forEach((key, value) -> built.put(key.toString().substring(PREFIX.length()), value));
    } catch (FileNotFoundException e) {
      // Not built by Maven: an editor runs the sources.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return built;
  }

  /** Its version; {@code development} where it was not built by Maven. */
  public static String version() {
    return BUILT.getVersion() == null ? "development" : BUILT.getVersion();
  }

  /** The commit that it was built from, or {@code unknown}. */
  public static String commit() {
    return BUILT.get("commit") == null ? "unknown" : BUILT.get("commit");
  }

  /** When it was built; null where it was not built by Maven. */
  public static Instant time() {
    return BUILT.getTime();
  }
}
