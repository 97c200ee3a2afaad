#include "app/classroom/seat.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <array>
#include <string_view>

#include "core/values/json_document.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz023456789";  // no i, l, o, 1
static_assert(letters.size() == 32);
constexpr std::size_t token_length = 8;

bool is_token(std::string_view text) {
  return text.size() == token_length && text.find_first_not_of(letters) == std::string_view::npos;
}

void make_private(const fs::path& folder) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (!code) fs::permissions(folder, fs::perms::owner_all, code);
  if (code) throw Error(Error::Kind::file, folder.string(), "cannot be made: " + code.message());
}

/// Those of the last time, in the order of their seats; what is no token ends the list.
std::vector<std::string> kept_tokens(const fs::path& file) {
  std::vector<std::string> tokens;
  std::error_code code;
  if (!fs::exists(file, code)) return tokens;
  const nlohmann::json json = read_json(file);
  const auto list = json.is_object() ? json.find("tokens") : json.end();
  if (!json.is_object() || list == json.end() || !list->is_array()) {
    throw Error(Error::Kind::file, file.string(), "is not a list of links", "use --new-links");
  }
  for (const auto& one : *list) {
    if (!one.is_string() || !is_token(one.get<std::string>())) break;
    tokens.push_back(one.get<std::string>());
  }
  return tokens;
}

}  // namespace

std::string new_token() {
  std::array<unsigned char, token_length> random{};
  if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) {
    throw Error(Error::Kind::file, "/dev/urandom", "gives no random numbers");
  }
  std::string token;
  for (const unsigned char byte : random) token += letters[byte % letters.size()];
  return token;
}

std::vector<Seat> prepare_seats(const fs::path& folder, int count, bool renew) {
  make_private(folder);
  const fs::path file = folder / "seats.json";
  std::vector<std::string> tokens = renew ? std::vector<std::string>{} : kept_tokens(file);
  while (static_cast<int>(tokens.size()) < count) tokens.push_back(new_token());
  write_file(file, nlohmann::json{{"tokens", tokens}}.dump(2) + "\n");
  std::vector<Seat> seats;
  for (int number = 1; number <= count; ++number) {
    seats.push_back({number, tokens[static_cast<std::size_t>(number - 1)],
                     folder / fmt::format("seat-{:02}", number)});
    make_private(seats.back().folder);
    make_private(seats.back().folder / "inbox");
  }
  return seats;
}

}  // namespace paralif
