package io.hyperfleet.cel.function;

import dev.cel.common.CelFunctionDecl;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.extensions.CelExtensionLibrary;
import dev.cel.parser.CelMacro;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Functions and macros that belong together: what the compiler is given, and what the page says of them.
 *
 * @param title title of their part of the page
 * @param what a sentence about all of them
 * @param extension what adds them to a compiler, where they are no part of CEL itself
 * @param declared the functions
 * @param macros the macros
 * @param notes what is said of each
 */
public record FunctionLibrary(String title, String what, Optional<CelCompilerLibrary> extension,
    Collection<CelFunctionDecl> declared, Collection<CelMacro> macros, List<FunctionNote> notes) {

  /** An extension of CEL's. */
  public static <L extends CelCompilerLibrary & CelExtensionLibrary.FeatureSet> FunctionLibrary of(String title,
      String what,
      L extension, List<FunctionNote> notes) {
    return new FunctionLibrary(title, what, Optional.of(extension), extension.functions(), extension.macros(), notes);
  }
}
