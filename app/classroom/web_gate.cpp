#include "app/classroom/web_gate.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "app/classroom/pages.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

constexpr const char* websockify = "/usr/bin/websockify";
constexpr const char* novnc = "/usr/share/novnc";
constexpr auto proving = std::chrono::milliseconds(700);  ///< a taken port shows within

void require_programs() {
  std::error_code code;
  for (const fs::path& path : {fs::path(websockify), fs::path(novnc) / "core/rfb.js"}) {
    if (fs::exists(path, code)) continue;
    throw Error(Error::Kind::setting, "classroom", path.string() + " is missing",
                "install it: apt-get install novnc websockify qt6-qpa-plugins");
  }
}

/// The line that names the fault: the last of what Python writes.
std::string last_line(const fs::path& file) {
  std::error_code code;
  if (!fs::exists(file, code)) return {};
  std::string text = read_file(file);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return printable(text.substr(text.rfind('\n') + 1));
}

}  // namespace

fs::path socket_of(const Seat& seat, const fs::path& folder) { return folder / "sockets" / seat.token; }

WebGate::WebGate(const std::vector<Seat>& seats, const fs::path& folder, const std::string& host,
                 int port, const TlsFiles& tls)
    : complaints_(folder / "websockify.log") {
  require_programs();
  const fs::path web = folder / "web";
  fs::create_directories(web);
  for (const char* part : {"core", "vendor"}) fs::create_directory_symlink(fs::path(novnc) / part, web / part);
  for (const Seat& seat : seats) {
    fs::create_directories(web / seat.token);
    write_file(web / seat.token / "index.html", seat_page(seat));
  }
  write_file(web / "index.html", door_page());
  std::vector<std::string> words{"/usr/bin/setpriv", "--pdeathsig", "TERM", websockify,
                                 "--web", web.string(),  // no folder of it but with a page, so that none is listed
                                 "--token-plugin", "UnixDomainSocketDirectory",
                                 "--token-source", (folder / "sockets").string()};
  if (tls.given()) {
    words.insert(words.end(), {"--cert", tls.certificate.string(), "--key", tls.key.string(), "--ssl-only"});
  }
  words.push_back(fmt::format("{}:{}", host, port));
  process_.emplace(words, std::vector<std::string>{}, complaints_);
  std::this_thread::sleep_for(proving);
  if (const auto wrong = problem()) {
    throw Error(Error::Kind::setting, fmt::format("--port {}", port), "websockify does not start: " + *wrong,
                "choose another --port or --host");
  }
}

std::optional<std::string> WebGate::problem() {
  if (!process_->poll()) return std::nullopt;
  return last_line(complaints_);
}

}  // namespace paralif
