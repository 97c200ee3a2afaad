#include "app/classroom/teacher_server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/classroom/pages.h"
#include "app/classroom/seat_state.h"
#include "core/experiments/experiment_file.h"
#include "core/experiments/presets.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largest_sent = std::size_t{256} << 20U;

std::unique_ptr<httplib::Server> make_server(const TlsFiles& tls) {
  if (!tls.given()) return std::make_unique<httplib::Server>();
  auto server = std::make_unique<httplib::SSLServer>(tls.certificate.c_str(), tls.key.c_str());
  if (!server->is_valid()) {
    throw Error(Error::Kind::setting, "--cert", "the certificate and key cannot be used",
                "give both as PEM files that belong together");
  }
  return server;
}

/// The seats that a request is for: "all", or one number. Throws Error(setting).
std::vector<Seat> chosen(const std::vector<Seat>& seats, const std::string& which) {
  if (which == "all") return seats;
  int number = 0;
  const auto [end, problem] = std::from_chars(which.data(), which.data() + which.size(), number);
  const bool good = problem == std::errc() && end == which.data() + which.size() && number >= 1 &&
                    number <= static_cast<int>(seats.size());
  if (!good) throw Error(Error::Kind::setting, "seat", "there is no such seat");
  return {seats[static_cast<std::size_t>(number - 1)]};
}

std::string whom(const std::vector<Seat>& to) {
  return to.size() == 1 ? fmt::format("seat {}", to[0].number) : fmt::format("all {} seats", to.size());
}

}  // namespace

void send_to(const std::vector<Seat>& seats, const std::string& name, const std::string& bytes) {
  const fs::path plain = fs::path(name).filename();
  static constexpr std::array<std::string_view, 3> kinds{".json", ".paralif", ".nir"};
  const bool known = std::ranges::find(kinds, plain.extension().string()) != kinds.end();
  if (!known || plain.string().find_first_of(std::string_view("\\\n\0", 3)) != std::string::npos || plain.string().size() > 200) {
    throw Error(Error::Kind::file, printable(name), "is no experiment, shared run or graph",
                "choose a file that ends in .json, .paralif or .nir");
  }
  if (plain.extension() == ".json") experiment_from_json(bytes, plain.string());
  std::vector<int> failed;
  for (const Seat& seat : seats) {
    try {
      const fs::path inbox = seat.folder / "inbox";
      // The folder is the student's: what they removed is made again, and no link is followed.
      if (fs::is_symlink(inbox) || fs::is_symlink(inbox / plain)) throw std::runtime_error("a link");
      fs::create_directories(inbox);
      write_file(inbox / plain, bytes);
    } catch (const std::exception&) {
      failed.push_back(seat.number);
    }
  }
  if (failed.empty()) return;
  throw Error(Error::Kind::file, printable(plain.string()),
              fmt::format("was sent to {} of {} seats, and not to {}", seats.size() - failed.size(), seats.size(),
                          fmt::join(failed, ", ")),
              "look into the inbox of their folder");
}

TeacherServer::TeacherServer(std::vector<Seat> seats, Place place, std::function<void(int)> restart)
    : seats_(std::move(seats)),
      place_(std::move(place)),
      restart_(std::move(restart)),
      server_(make_server(place_.tls)) {
  server_->set_payload_max_length(largest_sent);
  // The library lets several servers have one port; here that is an error.
  server_->set_socket_options([](socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
  });
  // Before a body is read: who has not the teacher's link sends none, and its length is known.
  server_->set_pre_routing_handler([begin = "/" + place_.token](const httplib::Request& request,
                                                                httplib::Response& response) {
    const bool ours = request.path == begin || request.path.starts_with(begin + "/");
    const bool sized = request.method != "POST" ||
                       (request.has_header("Content-Length") && !request.has_header("Transfer-Encoding") &&
                        !request.has_header("Content-Encoding"));
    if (ours && sized) return httplib::Server::HandlerResponse::Unhandled;
    response.status = ours ? 411 : 404;
    response.set_header("Connection", "close");
    return httplib::Server::HandlerResponse::Handled;
  });
  add_pages();
  if (!server_->bind_to_port(place_.host, place_.port)) {
    throw Error(Error::Kind::setting, fmt::format("--teacher-port {}", place_.port),
                "is taken or not of this machine", "choose another --teacher-port or --host");
  }
  thread_ = std::thread([this] { server_->listen_after_bind(); });
  // A server that is told to stop before it listens would listen for ever.
  while (!server_->is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

TeacherServer::~TeacherServer() {
  server_->stop();
  thread_.join();
}

void TeacherServer::add_pages() {
  using Request = httplib::Request;
  using Response = httplib::Response;
  const std::string at = "/" + place_.token;
  const auto answer = [](Response& response, auto work) {
    try {
      response.set_content(work(), "text/plain; charset=utf-8");
    } catch (const Error& error) {
      response.status = 400;
      response.set_content(error.what(), "text/plain; charset=utf-8");
    }
  };
  server_->Get(at, [at](const Request&, Response& response) { response.set_redirect(at + "/"); });
  server_->Get(at + "/", [this](const Request&, Response& response) {
    response.set_content(teacher_page(seats_, place_.seats_base), "text/html; charset=utf-8");
  });
  server_->Get(at + "/sheet", [this](const Request&, Response& response) {
    response.set_content(sheet_page(seats_, place_.seats_base), "text/html; charset=utf-8");
  });
  server_->Get(at + "/seats.json", [this](const Request&, Response& response) {
    nlohmann::ordered_json states = nlohmann::ordered_json::array();
    for (const Seat& seat : seats_) states.push_back({{"seat", seat.number}, {"doing", doing(seat)}});
    response.set_header("Cache-Control", "no-store");
    response.set_content(states.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                         "application/json");
  });
  server_->Post(at + "/send", [this, answer](const Request& request, Response& response) {
    answer(response, [&] {
      const std::vector<Seat> to = chosen(seats_, request.get_param_value("seat"));
      const std::string id = request.get_param_value("preset");
      if (id.empty()) {
        const std::string name = request.get_param_value("name");
        send_to(to, name, request.body);
        return fmt::format("{} was sent to {}.", printable(fs::path(name).filename().string()), whom(to));
      }
      const auto preset = std::ranges::find(presets(), id, &Preset::id);
      if (preset == presets().end()) throw Error(Error::Kind::setting, "preset", "there is no such preset");
      send_to(to, id + ".json", to_json(preset->experiment));
      return fmt::format("{} was sent to {}.", preset->title, whom(to));
    });
  });
  server_->Post(at + "/restart", [this, answer](const Request& request, Response& response) {
    answer(response, [&] {
      const std::vector<Seat> to = chosen(seats_, request.get_param_value("seat"));
      for (const Seat& seat : to) restart_(seat.number);
      return fmt::format("The studio of {} opens anew.", whom(to));
    });
  });
}

}  // namespace paralif
