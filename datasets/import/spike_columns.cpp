#include "datasets/import/spike_columns.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "datasets/tables/column_name.h"

namespace paralif {
namespace {

using Columns = std::vector<std::size_t>;

/// The columns whose names say time or unit.
struct Named {
  Columns times;
  Columns units;
};

Columns those(const std::vector<ColumnName>& names,
              std::initializer_list<std::string_view> words) {
  Columns found;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!names[i].is_time() && names[i].has(words)) found.push_back(i);
  }
  return found;
}

Named named_columns(const std::vector<ColumnName>& names) {
  Named named;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].is_time()) named.times.push_back(i);
  }
  named.units = those(names, {"unit", "units", "neuron", "neurons", "channel", "channels", "chan",
                              "sender", "senders", "cell", "cells", "electrode", "electrodes",
                              "kanal", "neuronid", "gid", "cluster"});
  if (named.units.empty()) {
    named.units = those(names, {"id", "ids", "index", "indices", "idx", "i", "ch", "address",
                                "addr", "node", "source", "nr", "no", "number"});
  }
  return named;
}

std::string list_of(const TableReader& table, const Columns& columns) {
  std::string text;
  for (const std::size_t i : columns) {
    text += (text.empty() ? "'" : " and '") + table.heading()[i] + "'";
  }
  return text;
}

}  // namespace

SpikeColumns spike_columns(const TableReader& table, const SpikeListMapping& mapping) {
  std::vector<ColumnName> names;
  for (const std::string& name : table.heading()) names.emplace_back(name);
  const Named named = named_columns(names);
  // A comment is believed where it names both columns, and nothing else.
  const bool believed = !table.heading_is_comment() ||
                        (named.times.size() == 1 && named.units.size() == 1);
  SpikeColumns columns;
  columns.named = believed && named.times.size() == 1 && named.units.size() == 1;
  const bool name_both = mapping.time_column && mapping.unit_column;
  if (believed && !name_both) {
    if (!mapping.time_column && named.times.size() > 1) {
      table.fail("names more than one column of times: " + list_of(table, named.times),
                 "say which holds the times (--time-column)");
    }
    if (!mapping.unit_column && named.units.size() > 1) {
      table.fail("names more than one column of units: " + list_of(table, named.units),
                 "say which holds the units (--unit-column)");
    }
    if (!named.times.empty()) columns.time = named.times.front();
    if (!named.units.empty()) columns.unit = named.units.front();
    const bool time_known = mapping.time_column || !named.times.empty();
    const bool unit_known = mapping.unit_column || !named.units.empty();
    if (mapping.time_column) columns.time = *mapping.time_column;
    if (mapping.unit_column) columns.unit = *mapping.unit_column;
    if (time_known != unit_known) {  // the other one of two, else the user's to say
      if (table.columns() != 2) {
        table.fail(std::string("names no column of ") + (time_known ? "units" : "times"),
                   time_known ? "say which holds the units (--unit-column)"
                              : "say which holds the times (--time-column)");
      }
      if (time_known) columns.unit = 1 - std::min<std::size_t>(columns.time, 1);
      if (unit_known) columns.time = 1 - std::min<std::size_t>(columns.unit, 1);
    }
  }
  columns.time = mapping.time_column.value_or(columns.time);
  columns.unit = mapping.unit_column.value_or(columns.unit);
  std::optional<double> in_name;
  if (believed && columns.time < names.size() && names[columns.time].is_time()) {
    in_name = names[columns.time].seconds();
  }
  if (in_name && mapping.seconds_per_unit && *in_name != *mapping.seconds_per_unit) {
    table.fail("names its times '" + table.heading()[columns.time] + "', in " +
                   name_of_unit(*in_name) + ", while " +
                   name_of_unit(*mapping.seconds_per_unit) + " was asked for",
               "leave the unit of time out (--time-unit), or correct the heading");
  }
  columns.seconds = mapping.seconds_per_unit.value_or(in_name.value_or(1.0));
  return columns;
}

}  // namespace paralif
