package io.hyperfleet.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.io.File;
import java.time.Clock;
import java.util.function.Consumer;

/** Creates Kubernetes clients. */
public final class KubernetesClients {

  /** Name in the API server's audit log, and default field manager. */
  private static final String USER_AGENT = "hyperfleet/1";

  private KubernetesClients() {}

  /** A client builder; callers close the client. Building it sends nothing. */
  public static KubernetesClientBuilder of(KubernetesProperties properties) {
    return retrying(config(properties), deadline(properties, false));
  }

  /**
   * A client to be built of a configuration of its own. It sends again as often as that says, and only what may pass
   * with time.
   */
  public static KubernetesClientBuilder of(Config config) {
    return retrying(config, http -> {
    });
  }

  /** A builder for a client with lossless watches (docs/decisions/0045). */
  public static KubernetesClientBuilder watching(KubernetesProperties properties) {
    return builder(config(properties), new JdkHttpClientFactory(), deadline(properties, true));
  }

  private static KubernetesClientBuilder retrying(Config config, Consumer<HttpClient.Builder> settings) {
    return builder(new ConfigBuilder(config).withRequestRetryBackoffLimit(0).build(),
        RetryingHttpClient.factory(new VertxHttpClientFactory(), config), settings);
  }

  private static KubernetesClientBuilder builder(Config config, HttpClient.Factory factory,
      Consumer<HttpClient.Builder> settings) {
    return new KubernetesClientBuilder().withConfig(config).withHttpClientFactory(factory)
        .withHttpClientBuilderConsumer(settings.andThen(http -> http.addOrReplaceInterceptor(
            TokenRefreshInterceptor.NAME, new TokenLookup(config, factory, Clock.systemUTC()))));
  }

  private static Consumer<HttpClient.Builder> deadline(KubernetesProperties properties, boolean watches) {
    return http -> http.addOrReplaceInterceptor(ResponseDeadline.NAME,
        new ResponseDeadline(properties.requestTimeout(), watches));
  }

  private static Config config(KubernetesProperties properties) {
    var base = properties.kubeconfig().isBlank()
        ? Config.autoConfigure(null)
        : Config.fromKubeconfig(new File(properties.kubeconfig()));
    return new ConfigBuilder(base)
        .withUserAgent(USER_AGENT)
        .withConnectionTimeout((int) properties.connectionTimeout().toMillis())
        .withRequestTimeout((int) properties.requestTimeout().toMillis())
        .withRequestRetryBackoffLimit(properties.retries())
        .withMaxConcurrentRequests(properties.maxConcurrentRequests())
        .withMaxConcurrentRequestsPerHost(properties.maxConcurrentRequests())
        .build();
  }
}
