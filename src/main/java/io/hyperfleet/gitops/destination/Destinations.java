package io.hyperfleet.gitops.destination;

import io.hyperfleet.gitops.BranchKey;
import io.hyperfleet.gitops.Destination;
import io.hyperfleet.gitops.GitOpsProperties.DestinationProperties;
import io.hyperfleet.gitops.GitOpsProperties.Repository;
import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.Prune;
import io.hyperfleet.gitops.WatchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The validated destinations of this process; invalid or conflicting ones abort the start. */
public final class Destinations {

  private static final String KEY = "hyperfleet.gitops.";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");
  private static final Pattern UNSAFE_SEGMENT = Pattern.compile("(?i)\\.\\.?|\\.git|git~\\d+");
  private static final Pattern URL = Pattern.compile("(?i)((https?|ssh|git|file):.*|[\\w.-]+@[\\w.-]+:.*)");
  private static final Pattern HOST = Pattern.compile("(?i)^([a-z+]+://)?[^/:]*");
  private static final WatchRule JOBS = new WatchRule(List.of("batch"), List.of("v1"), List.of("jobs"), List.of(),
      Map.of("hyperfleet.io/managed-by", ""), Set.of());
  private static final WatchRule RECORDS = new WatchRule(List.of("dns.hyperfleet.io"), List.of("v1"),
      List.of("dnsrecords"), List.of(), Map.of("hyperfleet.io/managed-by", ""), Set.of());

  private final Map<String, Repository> repositories = new LinkedHashMap<>();
  private final List<Destination> all = new ArrayList<>();
  private final RuleChecks rules;

  /**
   * Checks those of the configuration.
   *
   * @throws IllegalArgumentException when something is wrong; the message names the key and what is allowed
   */
  public Destinations(GitOpsProperties properties, RuleChecks rules) {
    this(properties, rules, KEY, properties.destinations());
  }

  /**
   * Checks others, for the repositories of the configuration.
   *
   * @param prefix prefix of {@code destinations} in the keys that messages name
   */
  Destinations(GitOpsProperties properties, RuleChecks rules, String prefix, List<DestinationProperties> given) {
    this.rules = rules;
    var known = properties.repositories();
    check(!known.isEmpty(), KEY + "repositories: set the Git repository to write to, with name and url");
    for (int i = 0; i < known.size(); i++) {
      add(KEY + "repositories[" + i + "]", known.get(i));
    }
    var wanted = given;
    if (wanted.isEmpty()) {
      check(repositories.size() == 1, prefix + "destinations: required when there are several repositories");
      wanted = List.of(new DestinationProperties("adapters", null, "main", "clusters", Prune.FULL, List.of()));
    }
    for (int i = 0; i < wanted.size(); i++) {
      add(prefix + "destinations[" + i + "]", wanted.get(i));
    }
  }

  private void add(String key, Repository repository) {
    check(repository.name() != null && NAME.matcher(repository.name()).matches(),
        key + ".name: '" + repository.name() + "' is not a valid name; use lower-case letters, digits and '-'");
    check(repository.url() != null && !repository.url().isBlank(), key + ".url: required");
    check(!repository.url().matches("(?i)([a-z+]+://[^/@]*:[^/@]*@|https?://[^/@]*@).*"),
        key + ".url: contains a user name or password; put them into the directory in " + key + ".credentials");
    check(URL.matcher(repository.url()).matches(),
        key + ".url: must start with https:, ssh:, git: or file:, or be user@host:path");
    check(repository.credentials() == null || !repository.url().matches("(?i)(http|git):.*"),
        key + ".url: would send the credentials in clear text; use https: or ssh:");
    repositories.values().forEach(other -> check(!normalized(other.url()).equalsIgnoreCase(normalized(repository.url()))
        || normalized(other.url()).equals(normalized(repository.url())),
        key + ".url: differs from that of '" + other.name()
            + "' only in upper and lower case; write both as the server does"));
    check(repositories.put(repository.name(), repository) == null,
        key + ".name: duplicate repository '" + repository.name() + "'");
  }

  private void add(String key, DestinationProperties wanted) {
    check(wanted.name() != null && NAME.matcher(wanted.name()).matches(),
        key + ".name: '" + wanted.name() + "' is not a valid name; use lower-case letters, digits and '-'");
    check(all.stream().noneMatch(other -> other.name().equals(wanted.name())),
        key + ".name: duplicate destination '" + wanted.name() + "'");
    var repository = repository(key, wanted.repository());
    check(org.eclipse.jgit.lib.Repository.isValidRefName("refs/heads/" + wanted.branch()),
        key + ".branch: '" + wanted.branch() + "' is not a valid branch name");
    check(isAllowed(repository, wanted.branch()),
        key + ".branch: '" + wanted.branch() + "' is not among the allowed branches "
            + repository.allowedBranches() + " of repository '" + repository.name() + "' (BranchNotAllowed)");
    var folder = folder(key, wanted.baseFolder());
    for (int i = 0; i < wanted.rules().size(); i++) {
      rules.check(key + ".rules[" + i + "]", wanted.rules().get(i));
    }
    var destination = new Destination(wanted.name(), branchKey(repository, wanted.branch()), folder, wanted.prune(),
        wanted.rules().isEmpty() ? List.of(JOBS, RECORDS) : wanted.rules());
    all.forEach(other -> check(!overlap(other, destination), key + ".base-folder: '" + folder + "' overlaps '"
        + other.baseFolder() + "' of destination '" + other.name() + "' on the same branch; use a separate folder"));
    all.add(destination);
  }

  private Repository repository(String key, String name) {
    if (name == null && repositories.size() == 1) {
      return repositories.values().iterator().next();
    }
    var repository = repositories.get(name);
    check(repository != null, key + ".repository: unknown repository '" + name + "'; known: "
        + new TreeSet<>(repositories.keySet()));
    return repository;
  }

  /** Two names of one URL lead to one worker: the first name. */
  private BranchKey branchKey(Repository repository, String branch) {
    var first = repositories.values().stream()
        .filter(other -> normalized(other.url()).equals(normalized(repository.url()))).findFirst().orElse(repository);
    return new BranchKey(first.name(), branch);
  }

  /** Scheme and host in lower case; the server decides whether case matters in a path. */
  public static String normalized(String url) {
    return HOST.matcher(url.strip().replaceAll("/+$", "").replaceAll("(?i)\\.git$", "")
        .replaceFirst("(?i)^([a-z+]+://)[^/@]*@", "$1"))
        .replaceFirst(host -> Matcher.quoteReplacement(host.group().toLowerCase(Locale.ROOT)));
  }

  private static boolean isAllowed(Repository repository, String branch) {
    return repository.allowedBranches().isEmpty() || repository.allowedBranches().stream()
        .anyMatch(pattern -> branch.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q")));
  }

  private static String folder(String key, String folder) {
    if (folder.isEmpty()) {
      return folder;
    }
    check(FOLDER.matcher(folder).matches() && List.of(folder.split("/")).stream()
        .noneMatch(segment -> UNSAFE_SEGMENT.matcher(segment).matches()),
        key + ".base-folder: '" + folder + "' is not a folder in the repository, such as clusters/prod");
    return folder;
  }

  private static boolean overlap(Destination one, Destination other) {
    return one.branch().equals(other.branch()) && (isWithin(one.baseFolder(), other.baseFolder())
        || isWithin(other.baseFolder(), one.baseFolder()));
  }

  private static boolean isWithin(String folder, String outer) {
    return outer.isEmpty() || folder.equals(outer) || folder.startsWith(outer + "/");
  }

  /** @throws IllegalArgumentException with this message unless it is right */
  static void check(boolean right, String message) {
    if (!right) {
      throw new IllegalArgumentException(message);
    }
  }

  /** All of them, in the order of the configuration. */
  public List<Destination> all() {
    return List.copyOf(all);
  }

  /** The repository of that name. */
  public Repository repository(BranchKey branch) {
    return repositories.get(branch.repository());
  }
}
