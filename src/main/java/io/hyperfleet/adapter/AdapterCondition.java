package io.hyperfleet.adapter;

import io.hyperfleet.cel.CelProgram;

/** A named condition of an adapter, such as {@code dns is available: adapters.dns.available}. */
public record AdapterCondition(String name, CelProgram program) {}
