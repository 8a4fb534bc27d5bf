package io.hyperfleet.rollout;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** The settings of this package. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.API)
@EnableConfigurationProperties(RolloutProperties.class)
class RolloutConfiguration {}
