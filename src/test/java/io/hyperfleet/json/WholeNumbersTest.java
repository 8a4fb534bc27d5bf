package io.hyperfleet.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.math.BigInteger;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is read for expressions, and what Kubernetes answers, may hold whole numbers of any size. */
class WholeNumbersTest {

  private static final int INPUTS = 1000;

  private final ObjectMapper json = WholeNumbers.mapper();
  private final Random random = new Random(13);

  @Test
  void readsEveryWholeNumberAsALongWhereItFitsOne() throws Exception {
    for (int i = 0; i < INPUTS; i++) {
      var number = number();
      var read = json.readValue("{\"a\": [{\"b\": " + number + "}]}", Map.class);
      assertThat(read.toString()).isEqualTo("{a=[{b=" + number + "}]}");
      assertThat(((Map<?, ?>) ((java.util.List<?>) read.get("a")).get(0)).get("b"))
          .isInstanceOf(number.bitLength() < Long.SIZE ? Long.class : BigInteger.class);
      assertThat(json.readTree(json.writeValueAsString(read)).at("/a/0/b").bigIntegerValue()).isEqualTo(number);
    }
  }

  @Test
  void readsObjectsOfKubernetesWithEveryWholeNumber() {
    var serialization = new KubernetesSerialization(json.copy(), true);
    for (int i = 0; i < INPUTS; i++) {
      var number = number();
      var object = serialization.unmarshal("""
          {"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "a"}, "spec": {"x": %s, "y": 1.5}}"""
          .formatted(number), GenericKubernetesResource.class);
      assertThat(object.<Object>get("spec", "x")).hasToString(number.toString());
      assertThat(object.<Object>get("spec", "y")).isEqualTo(1.5);
      assertThat(json.convertValue(object, Map.class).get("spec")).hasToString("{x=" + number + ", y=1.5}");
    }
  }

  private BigInteger number() {
    var number = new BigInteger(random.nextInt(200), random);
    return random.nextBoolean() ? number : number.negate();
  }
}
