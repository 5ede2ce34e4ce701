// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** Compares {@code recording.avsc} with a released version, by the rules in its header. */
final class RecordingRules {
  private static final String UNKNOWN = "UNKNOWN";

  private final Map<String, Schema> released = new LinkedHashMap<>();
  private final Map<String, Schema> current = new LinkedHashMap<>();
  private final List<String> violations = new ArrayList<>();

  private RecordingRules(Schema released, Schema current) {
    collect(released, this.released);
    collect(current, this.current);
  }

  /** What the current schema does that the rules forbid, one line each. */
  static List<String> violations(String released, String current) {
    Schema old = new Schema.Parser().parse(released);
    Schema now = new Schema.Parser().parse(current);
    var rules = new RecordingRules(old, now);
    rules.compare("the root", old, now);
    rules.released.forEach(rules::compareNamed);
    rules.current.values().forEach(rules::checkEnum);
    rules.current.values().forEach(rules::checkNesting);
    return rules.violations;
  }

  private void compareNamed(String name, Schema old) {
    Schema now = current.get(name);
    if (Boolean.TRUE.equals(old.getObjectProp(SchemaVersionResolver.UNKNOWN)) && !old.equals(now)) {
      violations.add(name + " takes what is unknown, and has changed");
      return;
    }
    if (now == null || now.getType() != old.getType()) {
      violations.add("the " + old.getType().getName() + " " + name + " is missing");
    } else if (old.getType() == Schema.Type.RECORD) {
      compareFields(old, now);
    } else if (old.getType() == Schema.Type.ENUM) {
      for (String symbol : old.getEnumSymbols()) {
        if (!now.hasEnumSymbol(symbol)) {
          violations.add("the symbol " + symbol + " of " + name + " is missing");
        }
      }
    }
  }

  private void compareFields(Schema old, Schema now) {
    for (Schema.Field field : old.getFields()) {
      String where = old.getName() + "." + field.name();
      Schema.Field kept = now.getField(field.name());
      if (kept != null) {
        compare(where, field.schema(), kept.schema());
      } else if (!field.hasDefaultValue()) {
        violations.add(where + " has no default and is missing");
      }
    }
    for (Schema.Field field : now.getFields()) {
      if (old.getField(field.name()) == null && !field.hasDefaultValue()) {
        violations.add(now.getName() + "." + field.name() + " is new and has no default");
      }
    }
  }

  private void compare(String where, Schema old, Schema now) {
    if (old.getType() == Schema.Type.UNION && now.getType() == Schema.Type.UNION) {
      for (Schema branch : old.getTypes()) {
        now.getTypes().stream()
            .filter(other -> isSameOrPromoted(branch, other))
            .findFirst()
            .ifPresentOrElse(
                other -> compare(where, branch, other),
                () ->
                    violations.add(
                        "the branch " + branch.getFullName() + " of " + where + " is missing"));
      }
    } else if (!isSameOrPromoted(old, now)) {
      violations.add("%s was %s and is %s".formatted(where, old.getFullName(), now.getFullName()));
    } else if (old.getType() == Schema.Type.ARRAY) {
      compare(where + "[]", old.getElementType(), now.getElementType());
    } else if (old.getType() == Schema.Type.MAP) {
      compare(where + "{}", old.getValueType(), now.getValueType());
    }
  }

  private static boolean isSameOrPromoted(Schema old, Schema now) {
    return switch (old.getType()) {
      case INT ->
          isOneOf(now, Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);
      case LONG -> isOneOf(now, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);
      case FLOAT -> isOneOf(now, Schema.Type.FLOAT, Schema.Type.DOUBLE);
      case STRING, BYTES -> isOneOf(now, Schema.Type.STRING, Schema.Type.BYTES);
      // Of a type with a name, its definition is compared by itself.
      case RECORD, ENUM, FIXED -> old.getFullName().equals(now.getFullName());
      case DOUBLE, BOOLEAN, NULL, ARRAY, MAP, UNION -> old.getType() == now.getType();
    };
  }

  private static boolean isOneOf(Schema schema, Schema.Type... types) {
    return List.of(types).contains(schema.getType());
  }

  private void checkEnum(Schema type) {
    if (type.getType() == Schema.Type.ENUM
        && !(type.hasEnumSymbol(UNKNOWN) && UNKNOWN.equals(type.getEnumDefault()))) {
      violations.add(type.getName() + " does not have the symbol UNKNOWN as its default");
    }
  }

  private void checkNesting(Schema type) {
    if (type.getType() == Schema.Type.RECORD && contains(type, type, new HashSet<>())) {
      violations.add(type.getName() + " contains itself");
    }
  }

  private static boolean contains(Schema in, Schema wanted, Set<String> seen) {
    return switch (in.getType()) {
      case RECORD ->
          seen.add(in.getFullName())
              && in.getFields().stream()
                  .map(Schema.Field::schema)
                  .anyMatch(field -> isOrContains(field, wanted, seen));
      case UNION -> in.getTypes().stream().anyMatch(type -> isOrContains(type, wanted, seen));
      case ARRAY -> isOrContains(in.getElementType(), wanted, seen);
      case MAP -> isOrContains(in.getValueType(), wanted, seen);
      default -> false;
    };
  }

  private static boolean isOrContains(Schema type, Schema wanted, Set<String> seen) {
    boolean same =
        type.getType() == Schema.Type.RECORD && type.getFullName().equals(wanted.getFullName());
    return same || contains(type, wanted, seen);
  }

  private static void collect(Schema schema, Map<String, Schema> named) {
    switch (schema.getType()) {
      case RECORD -> {
        if (named.putIfAbsent(schema.getFullName(), schema) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), named));
        }
      }
      case ENUM, FIXED -> named.put(schema.getFullName(), schema);
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, named));
      case ARRAY -> collect(schema.getElementType(), named);
      case MAP -> collect(schema.getValueType(), named);
      default -> {}
    }
  }
}
