package io.hyperfleet.adapter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java has. */
final class Sha256 {

  private Sha256() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first bytes of a text's digest in hexadecimal, two digits each. */
  static String hex(String text, int bytes) {
    return HexFormat.of().formatHex(start().digest(text.getBytes(StandardCharsets.UTF_8)), 0, bytes);
  }
}
