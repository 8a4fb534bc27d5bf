package io.hyperfleet.role;

import java.util.Arrays;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

class OnRoleCondition implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    var wanted = (Role[]) metadata.getAnnotationAttributes(ConditionalOnRole.class.getName()).get("value");
    var active = Roles.of(context.getEnvironment());
    return Arrays.stream(wanted).anyMatch(active::contains);
  }
}
