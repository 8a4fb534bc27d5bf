package io.hyperfleet.operation;

import io.hyperfleet.client.ApiTrust;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Checks that the HyperFleet API responds, regardless of permissions. */
@Component
@ConditionalOnRole({Role.SENTINEL, Role.ADAPTERS})
class ApiCheck implements ReadinessCheck {

  /** The cheapest request that needs the API's database. */
  private static final String PATH = "/api/hyperfleet/v1/clusters?due=true&size=1";

  private static final int SERVER_ERROR = 500;

  private final String baseUrl;
  private final HttpClient http;

  ApiCheck(@Value("${hyperfleet.api.base-url}") String baseUrl, ApiTrust trust) {
    this.baseUrl = baseUrl;
    var client = HttpClient.newBuilder().connectTimeout(LIMIT);
    this.http = (trust.context() == null ? client : client.sslContext(trust.context())).build();
  }

  @Override
  public String name() {
    return "api";
  }

  @Override
  public String check() {
    var request = HttpRequest.newBuilder(URI.create(baseUrl + PATH)).timeout(LIMIT).build();
    try {
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      return status < SERVER_ERROR ? OK : "api unavailable: it answers " + status + " at " + baseUrl;
    } catch (IOException e) {
      return "api unavailable at " + baseUrl + "; check hyperfleet.api.base-url";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return lateText();
    }
  }
}
