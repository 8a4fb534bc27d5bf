package io.hyperfleet.yaml;

import java.math.BigInteger;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Resolves scalars to the same types as kubectl. */
public class KubectlResolver extends Resolver {

  @Override
  protected void addImplicitResolvers() {
    // All types follow from the value.
  }

  @Override
  public Tag resolve(NodeId kind, String value, boolean implicit) {
    if (kind != NodeId.scalar || !implicit) {
      return super.resolve(kind, value, implicit);
    }
    if (value.equals(KubectlScalars.MERGE)) {
      return Tag.MERGE;
    }
    Object scalar = KubectlScalars.value(value);
    return scalar == null
        ? Tag.NULL
        : scalar instanceof Boolean
            ? Tag.BOOL
            : scalar instanceof Double
                ? Tag.FLOAT
                : scalar instanceof Long || scalar instanceof BigInteger ? Tag.INT : Tag.STR;
  }
}
