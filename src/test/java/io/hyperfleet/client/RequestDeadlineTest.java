package io.hyperfleet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.hyperfleet.local.SlowServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request of a route to the API is answered, or ends. */
@Tag("long")
class RequestDeadlineTest {

  @ParameterizedTest
  @EnumSource
  @Timeout(60)
  void everyRequestEnds(SlowServer.Answer answer) throws Exception {
    try (var server = new SlowServer(answer); var camel = camel(Duration.ofMillis(300))) {
      for (var method : new HttpMethods[]{HttpMethods.GET, HttpMethods.PUT, HttpMethods.GET}) {
        assertThatThrownBy(() -> send(camel, server.url(), method)).isInstanceOf(IOException.class)
            .hasMessage("not answered within 0 s");
      }
    }
  }

  @Test
  void anAnswerInTimeIsTakenAsItIs() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, 2);
      exchange.getResponseBody().write("{}".getBytes(StandardCharsets.US_ASCII));
      exchange.close();
    });
    server.createContext("/none", exchange -> {
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
    });
    server.start();
    try (var camel = camel(Duration.ofSeconds(30)); AutoCloseable end = () -> server.stop(0)) {
      var url = "http://localhost:" + server.getAddress().getPort();
      for (int i = 0; i < 3; i++) {
        assertThat(send(camel, url, HttpMethods.GET)).isEqualTo("{}");
        assertThat(send(camel, url + "/none", HttpMethods.PUT)).isNullOrEmpty();
      }
    }
  }

  private static String send(CamelContext camel, String url, HttpMethods method) throws Exception {
    var template = camel.createProducerTemplate();
    var answer = template.request(url, exchange -> {
      exchange.getIn().setHeader(Exchange.HTTP_METHOD, method);
      exchange.getIn().setBody(method == HttpMethods.PUT ? "{}" : null);
    });
    if (answer.getException() != null) {
      throw answer.getException();
    }
    return answer.getMessage().getBody(String.class);
  }

  private static CamelContext camel(Duration limit) {
    var camel = new DefaultCamelContext();
    var http = new HttpComponent();
    http.setConnectionsPerRoute(1);
    http.setResponseTimeout(20_000);
    http.setConnectionRequestTimeout(20_000);
    http.setHttpClientConfigurer(client -> client.addExecInterceptorFirst("deadline", new RequestDeadline(limit)));
    camel.addComponent("http", http);
    camel.start();
    return camel;
  }
}
