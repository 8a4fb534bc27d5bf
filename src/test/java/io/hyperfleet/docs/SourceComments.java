package io.hyperfleet.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/**
 * What a record's Javadoc says.
 *
 * @param what the text before the tags
 * @param components the text of each component
 */
record SourceComments(String what, Map<String, String> components) {

  private static final Path SOURCES = Path.of("src/main/java");
  private static final Map<Path, Map<String, SourceComments>> READ = new HashMap<>();

  /** @throws IllegalArgumentException when the class has no Javadoc */
  static SourceComments of(Class<?> type) {
    var outermost = type.getName().replaceFirst("\\$.*", "");
    var found = READ.computeIfAbsent(SOURCES.resolve(outermost.replace('.', '/') + ".java"), SourceComments::read)
        .get(type.getSimpleName());
    if (found == null) {
      throw new IllegalArgumentException(type + " has no Javadoc");
    }
    return found;
  }

  private static Map<String, SourceComments> read(Path file) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var found = new HashMap<String, SourceComments>();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
          files.getJavaFileObjects(file));
      var comments = DocTrees.instance(task);
      var classes = new TreePathScanner<Void, Void>() {
        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
          var comment = comments.getDocCommentTree(getCurrentPath());
          if (comment != null) {
            found.put(tree.getSimpleName().toString(), of(comment));
          }
          return super.visitClass(tree, nothing);
        }
      };
      for (var unit : task.parse()) {
        classes.scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static SourceComments of(DocCommentTree comment) {
    var components = comment.getBlockTags().stream().filter(ParamTree.class::isInstance).map(ParamTree.class::cast)
        .collect(Collectors.toMap(tag -> tag.getName().toString(), tag -> text(tag.getDescription())));
    return new SourceComments(text(comment.getFullBody()), components);
  }

  private static String text(List<? extends DocTree> trees) {
    return trees.stream().map(Object::toString).collect(Collectors.joining())
        .replaceAll("\\{@\\w+ ([^}]*)}", "$1").replaceAll("\\s+", " ").strip();
  }
}
