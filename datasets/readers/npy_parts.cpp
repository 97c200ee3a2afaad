#include "datasets/readers/npy_parts.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "datasets/error.h"

namespace paralif {
namespace {

constexpr std::string_view magic("\x93NUMPY", 6);

[[noreturn]] void fail(const std::string& origin, const std::string& problem) {
  throw Error(Error::Kind::file, origin, problem, "download or save the file again");
}

/// The text after 'key': in a header, without leading spaces.
std::optional<std::string_view> entry(std::string_view header, const std::string& key) {
  const std::size_t at = header.find("'" + key + "'");
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t colon = header.find(':', at);
  if (colon == std::string_view::npos) return std::nullopt;
  header.remove_prefix(colon + 1);
  header.remove_prefix(std::min(header.find_first_not_of(' '), header.size()));
  return header;
}

}  // namespace

NpyParts npy_parts(std::string_view bytes, const std::string& origin) {
  if (bytes.size() < 10 || bytes.substr(0, 6) != magic) fail(origin, "is not a numpy array");
  const int version = static_cast<unsigned char>(bytes[6]);
  const std::size_t prefix = version >= 2 ? 12 : 10;
  if (version < 1 || version > 3 || bytes.size() < prefix) {
    fail(origin, "is of an unknown numpy version");
  }
  std::size_t length = 0;
  for (std::size_t i = prefix; i-- > 8;) {
    length = length << 8 | static_cast<unsigned char>(bytes[i]);
  }
  if (length > bytes.size() - prefix) fail(origin, "is cut short in its header");
  const std::string_view header = bytes.substr(prefix, length);
  const auto type = entry(header, "descr");
  const auto order = entry(header, "fortran_order");
  const auto shape = entry(header, "shape");
  if (!type || !order || !shape) fail(origin, "has no numpy header");
  NpyParts parts{*type, order->starts_with("True"), {}, bytes.substr(prefix + length)};
  const char* at = shape->data();
  const char* const end = at + shape->size();
  while (at != end && *at != ')') {
    if (*at == '-') fail(origin, "claims an impossible size");
    if (*at < '0' || *at > '9') {
      ++at;
      continue;
    }
    std::size_t extent = 0;
    const auto [rest, code] = std::from_chars(at, end, extent);
    if (code != std::errc{}) fail(origin, "claims an impossible size");
    parts.extents.push_back(extent);
    at = rest;
  }
  return parts;
}

}  // namespace paralif
