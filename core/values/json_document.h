// JSON from files that anybody may have written: bounded in size and depth before it is parsed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace paralif {

struct JsonLimits {
  std::size_t bytes = 16U << 20U;
  std::size_t depth = 64;  ///< arrays and objects inside one another
};

/// Parses `text`. Throws Error(file) that names `origin` when it is too large, nested too deeply
/// or no JSON.
nlohmann::json parse_json(std::string_view text, const std::string& origin,
                          const JsonLimits& limits = {});

/// The same for a regular file, whose size is looked at before it is read.
nlohmann::json read_json(const std::filesystem::path& path, const JsonLimits& limits = {});

/// One line of JSON. Bytes that are not UTF-8 become the replacement character: it never throws.
std::string json_line(const nlohmann::ordered_json& json);

}  // namespace paralif
