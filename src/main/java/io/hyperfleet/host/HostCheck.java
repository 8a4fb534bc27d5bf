package io.hyperfleet.host;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Aborts the start before beans are created if the configuration cannot work, with all problems at once. */
@Component
class HostCheck implements BeanFactoryPostProcessor, EnvironmentAware {

  private Environment environment;

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    var problems = HostProblems.of(environment);
    if (!problems.isEmpty()) {
      throw new HostConfigurationException(problems);
    }
  }
}
