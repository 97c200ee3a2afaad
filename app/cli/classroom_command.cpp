// `paralif classroom`: a studio for every student of a class, in browsers.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/classroom/classroom.h"
#include "app/classroom/seat_keeper.h"
#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "core/experiments/experiment_file.h"
#include "core/experiments/presets.h"
#include "datasets/data_folder.h"
#include "datasets/error.h"
#include "datasets/user_folders.h"

namespace paralif::cli {
namespace {

namespace fs = std::filesystem;

constexpr double smallest_memory_gib = 1.0;  ///< a studio at rest has a third of it
constexpr auto between_looks = std::chrono::milliseconds(100);

struct ClassroomOptions {
  ClassroomPlan plan;
  std::string folder, data, certificate, key, experiment;
  double memory_gib = 2.0;
  bool without_walls = false;
  bool json = false;
};

/// A preset's id, or the path of an experiment that can be read, with a slash in it.
std::string opened(const std::string& text) {
  if (text.empty()) return {};
  const auto same = [&](const Preset& preset) { return preset.id == text; };
  if (std::ranges::any_of(presets(), same)) return text;
  const fs::path path = fs::absolute(text);
  if (path.extension() == ".json") load_experiment(path);
  else if (!fs::exists(path)) throw Error(Error::Kind::file, text, "is neither a preset nor a file");
  return path.string();
}

ClassroomPlan plan_of(const ClassroomOptions& o) {
  ClassroomPlan plan = o.plan;
  plan.folder = o.folder.empty() ? user_folder(UserFolder::data, "--folder") / "classroom" : fs::path(o.folder);
  plan.data = data_folder(o.data);
  plan.open = opened(o.experiment);
  plan.memory = static_cast<std::int64_t>(o.memory_gib * 1073741824.0);
  if (o.certificate.empty() != o.key.empty()) {
    throw Error(Error::Kind::setting, "--cert", "goes with --key", "give both");
  }
  for (const std::string& file : {o.certificate, o.key}) {
    if (!file.empty() && !fs::is_regular_file(file)) throw Error(Error::Kind::file, file, "there is no such file");
  }
  if (!o.certificate.empty()) plan.tls = {fs::absolute(o.certificate), fs::absolute(o.key)};
  plan.walled = !o.without_walls;
  if (plan.port == plan.teacher_port) {
    throw Error(Error::Kind::setting, "--teacher-port", "is the port of the seats", "choose another");
  }
  return plan;
}

void warn(const ClassroomPlan& plan) {
  if (!is_loopback(plan.host) && !plan.tls.given()) {
    fmt::print(stderr,
               "paralif: warning: without --cert and --key, whoever listens on this network sees the screens, "
               "the keys and the links of all seats\n");
  }
  if (::geteuid() == 0) {
    fmt::print(stderr,
               "paralif: warning: started by root, so students read what root reads; start it as another user\n");
  }
  if (!plan.walled) {
    fmt::print(stderr,
               "paralif: warning: without walls, the screens of all seats (ports 5901 to {}) are open to the "
               "network without a password, and students can read this user's files\n",
               5900 + plan.seats);
  }
}

void print_links(const Classroom& classroom, bool json) {
  if (json) {
    nlohmann::ordered_json all{{"teacher", classroom.teacher_link()}, {"sheet", classroom.sheet().string()}};
    for (const Seat& seat : classroom.seats()) {
      all["seats"].push_back({{"seat", seat.number}, {"link", classroom.link_of(seat)}});
    }
    fmt::print("{}\n", all.dump());
  } else {
    for (const Seat& seat : classroom.seats()) fmt::print("seat {:>2}  {}\n", seat.number, classroom.link_of(seat));
    fmt::print("\nTeacher:        {}\nTo print:       {}\nCtrl+C ends the class; what students made stays.\n",
               classroom.teacher_link(), classroom.sheet().string());
  }
  std::fflush(stdout);
}

int run_classroom(const ClassroomOptions& o) {
  const ClassroomPlan plan = plan_of(o);
  const InterruptGuard guard;
  warn(plan);
  Classroom classroom(plan);
  print_links(classroom, o.json);
  while (InterruptGuard::count() == 0) {
    classroom.look_after();
    std::this_thread::sleep_for(between_looks);
  }
  return success;
}

}  // namespace

void add_classroom(CLI::App& app, Action& action) {
  auto o = std::make_shared<ClassroomOptions>();
  CLI::App* command = app.add_subcommand("classroom", "A studio for every student of a class, in browsers");
  command->add_option("--seats", o->plan.seats, "how many students")->check(CLI::Range(1, 60))->capture_default_str();
  command->add_option("--host", o->plan.host,
                      "address to serve at; 127.0.0.1: this machine alone, 0.0.0.0: its whole network")
      ->capture_default_str();
  command->add_option("--name", o->plan.name, "of this machine in the links; found out where it is not given");
  command->add_option("--port", o->plan.port, "of the seats")->check(CLI::Range(1, 65535))->capture_default_str();
  command->add_option("--teacher-port", o->plan.teacher_port, "of the teacher's page")
      ->check(CLI::Range(1, 65535))
      ->capture_default_str();
  command->add_option("--cert", o->certificate, "certificate (PEM), for TLS");
  command->add_option("--key", o->key, "its key (PEM)");
  command->add_option("--memory", o->memory_gib, "GiB of data a process of a seat may take; 0: no limit")
      ->check([](const std::string& text) {
        double value = 0.0;
        const bool good = CLI::detail::lexical_cast(text, value) &&
                          (value == 0.0 || (value >= smallest_memory_gib && value <= 4096.0));
        return good ? std::string() : "'" + text + "' is neither 0 nor a number from 1 to 4096";
      })
      ->capture_default_str();
  command->add_option("--cores", o->plan.cores, "processor cores a seat computes on; 0: all")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
  command->add_option("--size", o->plan.size, "of a seat's screen, in points")
      ->check([](const std::string& text) {
        int width = 0, height = 0, read = 0;
        const bool good = std::sscanf(text.c_str(), "%dx%d%n", &width, &height, &read) == 2 &&
                          read == static_cast<int>(text.size()) && width >= 640 && height >= 480 &&
                          width <= 4096 && height <= 4096;
        return good ? std::string() : "'" + text + "' is no width x height from 640x480 to 4096x4096";
      })
      ->capture_default_str();
  command->add_option("--experiment", o->experiment, "what every seat begins with: a preset or a file");
  command->add_option("--folder", o->folder, "of the seats' own folders, kept from lesson to lesson");
  command->add_option("--data-dir", o->data, "datasets that every seat may read");
  command->add_flag("--new-links", o->plan.new_links, "do not use the links of the last time again");
  command->add_flag("--without-walls", o->without_walls,
                    "where the kernel allows no namespaces: seats are not kept apart, nor from this user's files");
  command->add_flag("--json", o->json, "print the links for a program");
  command->callback([o, &action] { action = [o] { return run_classroom(*o); }; });

  // What keeps one seat: this program again, started by the one above.
  CLI::App* keeper = app.add_subcommand("classroom-seat", "")->group("");
  auto plan = std::make_shared<std::string>();
  keeper->add_option("plan", *plan)->required();
  keeper->callback([plan, &action] {
    action = [plan] {
      keep_seat(load_seat_plan(*plan));
      return success;
    };
  });
}

}  // namespace paralif::cli
