package io.hyperfleet.api;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.StringReader;
import java.util.Enumeration;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.parser.AcceptEncoding;
import org.springframework.http.HttpHeaders;

/** Makes Tomcat compress for clients that accept any encoding ({@code *}), since it only checks for gzip. */
class AnyEncodingValve extends ValveBase {

  AnyEncodingValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (takesAny(request.getHeaders(HttpHeaders.ACCEPT_ENCODING))) {
      request.getCoyoteRequest().getMimeHeaders().setValue(HttpHeaders.ACCEPT_ENCODING).setString("gzip");
    }
    getNext().invoke(request, response);
  }

  private static boolean takesAny(Enumeration<String> headers) throws IOException {
    boolean any = false;
    while (headers.hasMoreElements()) {
      var header = headers.nextElement();
      if (header.toLowerCase(Locale.ROOT).contains("gzip")) {
        return false;
      }
      any |= AcceptEncoding.parse(new StringReader(header)).stream()
          .anyMatch(encoding -> encoding.getEncoding().equals("*") && encoding.getQuality() > 0);
    }
    return any;
  }
}
