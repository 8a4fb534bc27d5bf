package io.hyperfleet.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.yaml.KubectlYaml;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;

/**
 * Writes responses as JSON or YAML in ASCII, with other characters escaped.
 */
final class Structured {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final boolean yaml;
  private JsonGenerator list;
  private boolean first = true;

  Structured(PrintWriter out, boolean yaml) {
    this.out = out;
    this.yaml = yaml;
  }

  /** Also DEL, which JSON does not escape. */
  private static final class Escapes extends CharacterEscapes {

    private static final long serialVersionUID = 1;
    private static final int DELETE = 0x7f;
    private static final int[] ASCII = standardAsciiEscapesForJSON();

    static {
      ASCII[DELETE] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ASCII.clone();
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return null;
    }
  }

  /** Writes one response. */
  void one(JsonNode value) {
    if (yaml) {
      out.print(text(value));
    } else {
      try {
        var generator = generator();
        JSON.writeTree(generator, value);
        generator.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      out.println();
    }
    out.flush();
  }

  /** Writes one more item of a list; none is kept. */
  void item(JsonNode value) {
    try {
      if (yaml) {
        out.print((first ? "items:\n" : "") + text(List.of(JSON.convertValue(value, Object.class))));
      } else {
        begin();
        JSON.writeTree(list, value);
      }
      first = false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void begin() throws IOException {
    if (list == null) {
      list = generator();
      list.writeStartObject();
      list.writeArrayFieldStart("items");
    }
  }

  /** Ends a list. */
  void end() {
    try {
      if (yaml) {
        out.print(first ? "items: []\n" : "");
      } else {
        begin();
        list.writeEndArray();
        list.writeEndObject();
        list.flush();
        out.println();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.flush();
  }

  private JsonGenerator generator() throws IOException {
    var generator = JSON.getFactory().createGenerator(out);
    generator.configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), true);
    generator.configure(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM, false);
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    return generator.setCharacterEscapes(new Escapes()).useDefaultPrettyPrinter();
  }

  private static String text(Object value) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setAllowUnicode(false);
    return KubectlYaml.write(options, JSON.convertValue(value, Object.class));
  }
}
