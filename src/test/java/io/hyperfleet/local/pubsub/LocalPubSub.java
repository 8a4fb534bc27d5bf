package io.hyperfleet.local.pubsub;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A running Pub/Sub server that listens on the loopback address only.
 *
 * <p>Clients connect to {@link #endpoint()} without TLS and without credentials. Safe for use from any thread.
 */
public final class LocalPubSub implements AutoCloseable {

  /** Above the 10 MB that a publish request may have, so that our own limit answers and not the transport's. */
  private static final int MAX_INBOUND_BYTES = 20 * 1024 * 1024;

  private final Server server;
  private final int port;
  private final Broker broker;
  private final ScheduledThreadPoolExecutor scheduler;

  private LocalPubSub(Server server, Broker broker, ScheduledThreadPoolExecutor scheduler) {
    this.server = server;
    this.port = server.getPort();
    this.broker = broker;
    this.scheduler = scheduler;
  }

  /**
   * Starts a server.
   *
   * @param port the port to listen on; 0 takes any free one
   * @throws IllegalStateException when the port is taken; the message says what to set
   */
  public static LocalPubSub start(int port) {
    var scheduler = new ScheduledThreadPoolExecutor(1, task -> {
      var thread = new Thread(task, "local-pubsub-deadlines");
      thread.setDaemon(true);
      return thread;
    });
    scheduler.setRemoveOnCancelPolicy(true);
    // A stream that ends while the server closes may still ask for an alarm: nobody will miss it.
    scheduler.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    var broker = new Broker(scheduler);
    var server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .maxInboundMessageSize(MAX_INBOUND_BYTES)
        // Clients of other languages ping more often than gRPC's default of five minutes allows.
        .permitKeepAliveTime(1, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .addService(new PublisherService(broker))
        .addService(new SubscriberService(broker, scheduler))
        .build();
    try {
      return new LocalPubSub(server.start(), broker, scheduler);
    } catch (IOException e) {
      scheduler.shutdownNow();
      throw new IllegalStateException("The local Pub/Sub server cannot listen on port " + port + ": it is taken. Set "
          + "hyperfleet.local.pubsub.port to another port (0 takes any free one), or PUBSUB_EMULATOR_HOST to the "
          + "host:port of a Pub/Sub emulator that runs already", e);
    }
  }

  /** Where clients connect to, for example {@code localhost:8085}. */
  public String endpoint() {
    return "localhost:" + port();
  }

  /** The port that the server listens on. */
  public int port() {
    return port;
  }

  /**
   * Messages of a subscription that nobody has acknowledged, delivered or not.
   *
   * @param subscription full name of one that keeps no order and has no dead-letter topic
   */
  public long unacknowledged(String subscription) {
    return broker.queue(subscription).unacknowledged();
  }

  /** How often messages of a subscription were delivered, repetitions included. */
  public long deliveries(String subscription) {
    return broker.queue(subscription).deliveries();
  }

  /** Ends every stream and forgets every topic, subscription and message. */
  @Override
  public void close() {
    scheduler.shutdownNow();
    server.shutdownNow();
    try {
      server.awaitTermination(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
