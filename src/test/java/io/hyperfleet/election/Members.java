package io.hyperfleet.election;

import io.hyperfleet.kubernetes.KubernetesProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Processes of one role that elect a leader among them, as far as the election goes. */
final class Members implements AutoCloseable {

  private static final String ROUTE = "of-the-leader";

  private final Path kubeconfig;
  private final List<Member> members = new ArrayList<>();

  Members(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  /** One of them. */
  record Member(Leadership leadership, DefaultCamelContext camel) {

    boolean works() {
      return leadership.isHeld() && camel.getRouteController().getRouteStatus(ROUTE).isStarted();
    }

    boolean rests() {
      return !leadership.isHeld() && !camel.getRouteController().getRouteStatus(ROUTE).isStarted();
    }

    void end() {
      camel.stop();
      leadership.close();
    }
  }

  /**
   * Starts one, with a lease of three seconds.
   *
   * @param keys keys of the election and their values, by turns
   */
  Member start(String... keys) throws Exception {
    var properties = new HashMap<String, Object>(Map.of("enabled", "true", "lease-duration", "3s",
        "renew-deadline", "2s", "retry-period", "100ms"));
    for (int i = 0; i < keys.length; i += 2) {
      properties.put(keys[i], keys[i + 1]);
    }
    var binder = new Binder(new MapConfigurationPropertySource(properties));
    var member = new Member(new Leadership("sentinel", binder.bind("", Bindable.of(ElectionProperties.class)).get(),
        new KubernetesProperties(kubeconfig.toString(), Duration.ofSeconds(3), Duration.ofSeconds(10), 1, 8,
            new KubernetesProperties.CircuitBreaker(Duration.ofSeconds(10), 20, 80, Duration.ofSeconds(5)))),
        new DefaultCamelContext());
    members.add(member);
    member.leadership().join(member.camel(), ROUTE::equals);
    member.camel().addRoutes(new RouteBuilder() {
      @Override
      public void configure() {
        from("timer:" + ROUTE + "?period=1000").routeId(ROUTE).to("mock:worked");
      }
    });
    member.camel().start();
    return member;
  }

  List<Member> all() {
    return members;
  }

  /** Those that could not join have nothing to end but their context. */
  void forget() {
    members.forEach(member -> member.camel().stop());
    members.clear();
  }

  @Override
  public void close() {
    members.forEach(Member::end);
  }
}
