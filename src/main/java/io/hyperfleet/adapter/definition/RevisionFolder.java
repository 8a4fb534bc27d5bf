package io.hyperfleet.adapter.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.adapter.folder.AdapterFolder;
import io.hyperfleet.json.WholeNumbers;
import io.hyperfleet.revision.Revision;
import io.hyperfleet.yaml.KubectlYaml;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;

/** An adapter's folder, restored from the stored content of a revision: the same meaning, without comments. */
public final class RevisionFolder implements AdapterFolder {

  private static final ObjectMapper JSON = WholeNumbers.mapper();

  private final String name;
  private final Map<String, byte[]> files;

  private RevisionFolder(String name, Map<String, byte[]> files) {
    this.name = name;
    this.files = files;
  }

  /**
   * The folder of a revision.
   *
   * @param content as of {@link Revision}
   * @throws IllegalArgumentException when it is no JSON object
   */
  public static RevisionFolder of(String name, String content) {
    try {
      if (!(JSON.readValue(content, Object.class) instanceof Map<?, ?> values)) {
        throw new IllegalArgumentException("the content of a revision must be a JSON object");
      }
      var files = new TreeMap<String, byte[]>();
      values.forEach((file, value) -> files.put((String) file, yaml(value)));
      return new RevisionFolder(name, files);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the content of a revision must be a JSON object", e);
    }
  }

  private static byte[] yaml(Object value) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setAllowUnicode(false);
    return KubectlYaml.write(options, value).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String name() {
    return name;
  }

  /** The name for messages. */
  @Override
  public String path(String file) {
    return name + "/" + file;
  }

  @Override
  public byte[] read(String file) throws NoSuchFileException {
    var bytes = files.get(file);
    if (bytes == null) {
      throw new NoSuchFileException(file);
    }
    return bytes;
  }
}
