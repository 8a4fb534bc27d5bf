package io.hyperfleet.cel.function;

import dev.cel.common.CelFunctionDecl;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.extensions.CelExtensionLibrary;
import dev.cel.parser.CelMacro;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A library of functions and macros: their declarations for the compiler, and their documentation.
 *
 * @param title title of their part of the page
 * @param what one sentence about the functions
 * @param extension adds them to a compiler, unless they are part of CEL itself
 * @param declared the functions
 * @param macros the macros
 * @param notes documentation of each function
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
