#include "core/values/json_document.h"

#include <system_error>

#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace {

/// The deepest nesting of brackets outside of strings.
std::size_t depth_of(std::string_view text) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      deepest = std::max(deepest, ++depth);
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

[[noreturn]] void refuse(const std::string& origin, const std::string& problem) {
  throw Error(Error::Kind::file, origin, problem, "choose another file");
}

std::string megabytes(std::size_t bytes) {
  return std::to_string(bytes >> 20U) + " MiB";
}

}  // namespace

nlohmann::json parse_json(std::string_view text, const std::string& origin,
                          const JsonLimits& limits) {
  if (text.size() > limits.bytes) {
    refuse(origin, "holds more than " + megabytes(limits.bytes) + " of JSON");
  }
  if (depth_of(text) > limits.depth) {
    refuse(origin, "nests values more than " + std::to_string(limits.depth) + " deep");
  }
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    refuse(origin, "is no JSON: something is wrong at byte " + std::to_string(error.byte));
  } catch (const nlohmann::json::exception&) {
    refuse(origin, "is no JSON: it holds a number out of all range");
  }
}

nlohmann::json read_json(const std::filesystem::path& path, const JsonLimits& limits) {
  std::error_code code;
  const auto bytes = std::filesystem::file_size(path, code);
  if (!code && bytes > limits.bytes) {
    refuse(path.string(), "holds more than " + megabytes(limits.bytes) + " of JSON");
  }
  return parse_json(read_file(path), path.string(), limits);
}

std::string json_line(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace paralif
