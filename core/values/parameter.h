// One parameter of anything a user can set up: its names, type, unit, range, and how it is read
// from and written to its owner. An experiment, a layer, a neuron of the lab and a plan of running
// times have a table of these each; forms, command lines, files, help and checks are made from it.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/values/per_layer.h"
#include "core/values/text.h"

namespace paralif {

/// No value: no time constant, the default of the neuron, ... It is not 0.
using Absent = std::monostate;
/// Of one layer, where every layer may have its own.
using LayerValue = std::variant<Absent, bool, std::int64_t, double>;

/// A parameter that each layer may have of its own is a plain value where all layers share it.
using ParameterValue =
    std::variant<Absent, bool, std::int64_t, double, std::string, std::vector<std::int64_t>,
                 std::vector<double>, std::vector<LayerValue>>;

/// The value of `layers` is the text of a JSON list of layers, empty for none.
enum class ParameterType : std::uint8_t { flag, whole, real, text, wholes, reals, layers };

/// Values of any list, one a layer or not; what a file gives may be longer.
inline constexpr std::size_t most_list_values = 1000;

/// What is known of a parameter without its owner.
struct ParameterFacts {
  std::string_view key{};   ///< in files; dotted where it is nested, such as "neuron.tau_mem"
  std::string_view flag{};  ///< on the command line, without dashes; empty: the key
  /// Earlier or published names, which are read in files and on the command line too.
  std::vector<std::string_view> aliases{};
  std::string_view symbol{};       ///< as in equations, such as "τ_mem"; empty: none
  Text label{};                    ///< short, for a form
  Text unit{};                     ///< of the stored value: "s", "steps", ... or empty
  Text explanation{};              ///< what the term means, for a newcomer
  double minimum = -std::numeric_limits<double>::infinity();  ///< inclusive; numbers only
  double maximum = std::numeric_limits<double>::infinity();   ///< inclusive; numbers only
  bool minimum_excluded = false;
  std::vector<std::string> choices{};     ///< of a text; empty: any text
  std::vector<ChoiceMeaning> meanings{};  ///< of those choices whose names do not say it
  Text absent{};                     ///< what absence means, such as "none"; empty: never absent
  Text zero_word{};                  ///< another word for 0, where 0 of it is none of it; or empty
  bool zero_flag_is_absent = false;  ///< on the command line 0 stands for absence
  double display_factor = 1.0;       ///< shown value = stored value * factor
  Text display_unit{};               ///< of the shown value, such as "ms"; empty: as stored
  bool advanced = false;             ///< rarely changed: a form may fold it away
  bool live = false;                 ///< may change while training
  bool on_resume = false;            ///< may change when a run goes on
  bool per_layer = false;            ///< one value, or one a layer
  ParameterType type = ParameterType::flag;

  /// Reading and writing it as words, where the type's own way will not do; empty: the type's.
  /// `read` throws Error(setting).
  std::function<ParameterValue(const std::string&)> read{};
  std::function<std::string(const ParameterValue&)> write{};
  /// What else is wrong with a value of the right type and range, as value_problem() says it.
  std::function<std::optional<std::string>(const ParameterValue&)> check{};

  /// The name on the command line.
  [[nodiscard]] std::string_view option() const { return flag.empty() ? key : flag; }
  [[nodiscard]] bool is_number() const {
    return type == ParameterType::whole || type == ParameterType::real;
  }
  [[nodiscard]] bool is_named(std::string_view name) const {
    if (key == name || (!flag.empty() && flag == name)) return true;
    for (const std::string_view alias : aliases) {
      if (alias == name) return true;
    }
    return false;
  }
  /// Of the value that is shown.
  [[nodiscard]] Text shown_unit() const { return display_unit.empty() ? unit : display_unit; }
};

template <class Owner>
struct Parameter : ParameterFacts {
  std::function<ParameterValue(const Owner&)> get;
  std::function<void(Owner&, const ParameterValue&)> set;  ///< of the parameter's own type
  std::function<bool(const Owner&)> when;                  ///< empty: always

  /// Whether it has any effect in this owner, such as a refractory time only for LIF.
  [[nodiscard]] bool applies(const Owner& owner) const { return !when || when(owner); }
};

/// What is wrong with a value, as the end of a sentence that begins with the key; nothing when it
/// is good. Whole numbers are taken for reals.
std::optional<std::string> value_problem(const ParameterFacts& facts, const ParameterValue& value);

/// What is wrong with the values of an owner one by one, those that have no effect left out.
template <class Table, class Owner>
std::vector<std::pair<std::string_view, std::string>> value_problems(const Table& table,
                                                                     const Owner& owner) {
  std::vector<std::pair<std::string_view, std::string>> problems;
  for (const auto& parameter : table) {
    if (!parameter.applies(owner)) continue;
    if (auto problem = value_problem(parameter, parameter.get(owner))) {
      problems.emplace_back(parameter.key, std::move(*problem));
    }
  }
  return problems;
}

/// The value as the parameter's own type: a whole number as a real, one number as a list of one.
ParameterValue as_type(ParameterType type, ParameterValue value);

namespace parameter_detail {

/// How a member is a parameter's value. Others specialise it for types of their own.
template <class T>
struct Stored {
  static constexpr ParameterType type = std::is_same_v<T, bool>            ? ParameterType::flag
                                        : std::is_integral_v<T>            ? ParameterType::whole
                                        : std::is_same_v<T, double>        ? ParameterType::real
                                        : std::is_same_v<T, std::string>   ? ParameterType::text
                                        : std::is_same_v<T, std::vector<std::int64_t>>
                                            ? ParameterType::wholes
                                            : ParameterType::reals;
  using Value = std::conditional_t<std::is_integral_v<T> && !std::is_same_v<T, bool>, std::int64_t, T>;
  static constexpr bool per_layer = false;
  static ParameterValue value(const T& member) { return Value(member); }
  static T member(const ParameterValue& value) { return T(std::get<Value>(value)); }
  static LayerValue layer_value(const T& member) { return member; }
  static T of_layer(const LayerValue& value) { return std::get<T>(value); }
};

template <class T>
struct Stored<std::optional<T>> {
  static constexpr ParameterType type = Stored<T>::type;
  static constexpr bool per_layer = false;
  static ParameterValue value(const std::optional<T>& member) {
    return member ? Stored<T>::value(*member) : ParameterValue(Absent{});
  }
  static std::optional<T> member(const ParameterValue& value) {
    if (std::holds_alternative<Absent>(value)) return std::nullopt;
    return Stored<T>::member(value);
  }
  static LayerValue layer_value(const std::optional<T>& member) {
    return member ? LayerValue(*member) : LayerValue(Absent{});
  }
  static std::optional<T> of_layer(const LayerValue& value) {
    if (std::holds_alternative<Absent>(value)) return std::nullopt;
    return std::get<T>(value);
  }
};

template <class T>
struct Stored<PerLayer<T>> {
  static constexpr ParameterType type = Stored<T>::type;
  static constexpr bool per_layer = true;
  static ParameterValue value(const PerLayer<T>& member) {
    if (member.single()) return Stored<T>::value(member.of(0));
    std::vector<LayerValue> values;
    for (const T one : member.values()) values.push_back(Stored<T>::layer_value(one));
    return values;
  }
  static PerLayer<T> member(const ParameterValue& value) {
    const auto* list = std::get_if<std::vector<LayerValue>>(&value);
    if (list == nullptr) return Stored<T>::member(value);
    std::vector<T> values;
    for (const LayerValue& one : *list) values.push_back(Stored<T>::of_layer(one));
    return PerLayer<T>(std::move(values));
  }
};

}  // namespace parameter_detail

/// A parameter that `member` gives of its owner: a pointer to member, or a function from Owner& to
/// a reference, for one deeper inside. std::optional members may be absent.
template <class Owner, class Member>
Parameter<Owner> parameter(ParameterFacts facts, Member member,
                           std::function<bool(const Owner&)> when = {}) {
  using T = std::remove_cvref_t<std::invoke_result_t<Member&, Owner&>>;
  using Stored = parameter_detail::Stored<T>;
  Parameter<Owner> p;
  static_cast<ParameterFacts&>(p) = std::move(facts);
  p.type = Stored::type;
  p.per_layer = Stored::per_layer;
  p.get = [member](const Owner& owner) -> ParameterValue {
    return Stored::value(std::invoke(member, const_cast<Owner&>(owner)));  // reads only
  };
  p.set = [member](Owner& owner, const ParameterValue& value) {
    std::invoke(member, owner) = Stored::member(value);
  };
  p.when = std::move(when);
  return p;
}

}  // namespace paralif
