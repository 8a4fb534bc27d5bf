import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.SubscriberGrpc;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;

/**
 * An adapter that does what people forget: it takes the event's word for the cluster instead of fetching it, reports no health,
 * the time of its start, and that all is finalized whenever it is asked.
 */
final class CarelessAdapter {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String STARTED = Instant.now().toString();

  private CarelessAdapter() {}

  public static void main(String[] arguments) throws Exception {
    var name = arguments[0];
    var channel = ManagedChannelBuilder.forTarget(System.getenv("PUBSUB_EMULATOR_HOST")).usePlaintext().build();
    var broker = SubscriberGrpc.newBlockingStub(channel);
    var subscription = "projects/" + System.getenv("HYPERFLEET_BROKER_PROJECTID") + "/subscriptions/" + name + "-adapter-sub";
    while (true) {
      for (var message : broker.pull(PullRequest.newBuilder().setSubscription(subscription).setMaxMessages(1).build())
          .getReceivedMessagesList()) {
        broker.acknowledge(AcknowledgeRequest.newBuilder().setSubscription(subscription).addAckIds(message.getAckId()).build());
        try {
          report(name, JSON.readTree(message.getMessage().getData().toStringUtf8()).required("data"));
        } catch (IOException | IllegalArgumentException e) {
          System.err.println("forgotten: " + e.getMessage());
        }
      }
    }
  }

  private static void report(String name, JsonNode event) throws IOException, InterruptedException {
    var report = JSON.createObjectNode().put("adapter", name).put("observed_generation", event.required("generation").asInt())
        .put("observed_time", STARTED);
    var conditions = report.putArray("conditions");
    for (String type : new String[] {"Applied", "Available", "Finalized"}) {
      conditions.addObject().put("type", type).put("status", "True").put("reason", "Done");
    }
    HTTP.send(HttpRequest.newBuilder(URI.create(System.getenv("HYPERFLEET_API_BASEURL") + "/api/hyperfleet/v1/clusters/"
        + event.required("id").asText() + "/statuses")).header("Content-Type", "application/json")
        .PUT(BodyPublishers.ofString(report.toString())).build(), BodyHandlers.discarding());
  }
}
