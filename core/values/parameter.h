// One parameter of anything a user can set up: its names, type, unit, range, and how it is read
// from and written to its owner. Forms, command lines, files, help and checks are made from it.
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

namespace paralif {

/// monostate: absent, where a parameter allows that.
using ParameterValue = std::variant<std::monostate, bool, std::int64_t, double, std::string,
                                    std::vector<std::int64_t>, std::vector<double>>;

enum class ParameterType : std::uint8_t { flag, whole, real, text, wholes, reals };

/// What is known of a parameter without its owner.
struct ParameterFacts {
  std::string_view key{};
  std::vector<std::string_view> aliases{};  ///< older and published names
  std::string_view label{};                 ///< short, for a form
  std::string_view unit{};                  ///< of the stored value: "s", "steps", ... or empty
  std::string_view explanation{};           ///< what the term means, for a newcomer
  double minimum = -std::numeric_limits<double>::infinity();  ///< inclusive; numbers only
  double maximum = std::numeric_limits<double>::infinity();   ///< inclusive; numbers only
  bool minimum_excluded = false;
  std::vector<std::string> choices{};  ///< of a text; empty: any text
  std::string_view absent{};           ///< what absence means, such as "none"; empty: never absent
  bool advanced = false;               ///< rarely changed: a form may fold it away
  ParameterType type = ParameterType::flag;
};

template <class Owner>
struct Parameter : ParameterFacts {
  std::function<ParameterValue(const Owner&)> get;
  std::function<void(Owner&, const ParameterValue&)> set;  ///< of the parameter's own type
  std::function<bool(const Owner&)> applies;               ///< empty: in every owner
};

/// What is wrong with a value, as the end of a sentence that begins with the key; nothing when it
/// is good. Whole numbers are taken for reals.
std::optional<std::string> value_problem(const ParameterFacts& facts, const ParameterValue& value);

/// The value as the parameter's own type: a whole number as a real, one number as a list of one.
ParameterValue as_type(ParameterType type, ParameterValue value);

namespace parameter_detail {

template <class T>
struct Stored {
  using Type = T;
  static constexpr bool optional = false;
};
template <class T>
struct Stored<std::optional<T>> {
  using Type = T;
  static constexpr bool optional = true;
};

template <class T>
constexpr ParameterType type_of() {
  if constexpr (std::is_same_v<T, bool>) return ParameterType::flag;
  if constexpr (std::is_same_v<T, std::int64_t>) return ParameterType::whole;
  if constexpr (std::is_same_v<T, double>) return ParameterType::real;
  if constexpr (std::is_same_v<T, std::string>) return ParameterType::text;
  if constexpr (std::is_same_v<T, std::vector<std::int64_t>>) return ParameterType::wholes;
  if constexpr (std::is_same_v<T, std::vector<double>>) return ParameterType::reals;
}

}  // namespace parameter_detail

/// A parameter that is a member of its owner; std::optional members may be absent.
template <class Owner, class Member>
Parameter<Owner> parameter(ParameterFacts facts, Member Owner::*member) {
  using Stored = parameter_detail::Stored<Member>;
  using Type = typename Stored::Type;
  Parameter<Owner> p;
  static_cast<ParameterFacts&>(p) = std::move(facts);
  p.type = parameter_detail::type_of<Type>();
  p.get = [member](const Owner& owner) -> ParameterValue {
    if constexpr (Stored::optional) {
      if (!(owner.*member)) return std::monostate{};
      return *(owner.*member);
    } else {
      return owner.*member;
    }
  };
  p.set = [member](Owner& owner, const ParameterValue& value) {
    if constexpr (Stored::optional) {
      if (std::holds_alternative<std::monostate>(value)) {
        owner.*member = std::nullopt;
        return;
      }
    }
    owner.*member = std::get<Type>(value);
  };
  return p;
}

}  // namespace paralif
