package io.hyperfleet.role;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine or pod. */
public final class HostName {

  private HostName() {}

  /** The host name, or {@code unknown}. */
  public static String get() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
