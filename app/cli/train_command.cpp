// `paralif train`: one session in the terminal.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/cli/commands.h"
#include "app/cli/process_team.h"
#include "app/cli/recording_table.h"
#include "app/cli/terminal.h"
#include "app/cli/train_options.h"
#include "core/runs/run_store.h"
#include "core/sessions/member.h"
#include "core/sessions/session.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif::cli {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const EpochMetrics& m) {
  Json json{{"epoch", m.epoch},
            {"step", m.step},
            {"train_loss", m.train_loss},
            {"train_accuracy", m.train_accuracy}};
  if (m.validation_accuracy) {
    json["validation_loss"] = *m.validation_loss;
    json["validation_accuracy"] = *m.validation_accuracy;
  }
  json.update({{"test_loss", m.test_loss},
               {"test_accuracy", m.test_accuracy},
               {"train_seconds", m.train_seconds},
               {"test_seconds", m.test_seconds},
               {"learning_rate", m.learning_rate},
               {"layer_rates", m.layer_rates},
               {"layer_spikes", m.layer_spikes}});
  return json;
}

std::string progress_of(const Snapshot& s, double loss, double accuracy) {
  const double epochs = static_cast<double>(std::max<std::int64_t>(1, s.epochs));
  const double within =
      s.batches > 0 ? static_cast<double>(s.batch) / static_cast<double>(s.batches) : 0.0;
  const double share =
      (static_cast<double>(std::max<std::int64_t>(0, s.epoch - 1)) + within) / epochs;
  std::string text =
      fmt::format("{} epoch {}/{} batch {}/{} loss {:.3f} accuracy {:.1f} %", bar(share, 20),
                  s.epoch, s.epochs, s.batch, s.batches, loss, 100.0 * accuracy);
  if (s.remaining_s >= 0) text += fmt::format(" {} left", duration(s.remaining_s));
  return text;
}

class TrainView {
 public:
  explicit TrainView(bool json) : json_(json) {}

  void show(const Snapshot& s) {
    for (const EpochMetrics& epoch : s.epochs_since) {
      if (json_) {
        fmt::print("{}\n", json_of(epoch).dump());
        std::fflush(stdout);
      }
      if (epoch.validation_accuracy) {
        best_validation_ = std::max(best_validation_.value_or(0.0), *epoch.validation_accuracy);
      }
      last_ = epoch;
    }
    if (!json_ && !s.log_since.empty()) {
      line_.clear();
      for (const std::string& entry : s.log_since) {
        // Why it failed is said at the end, on the other stream.
        if (s.state == SessionState::failed && entry == s.message) continue;
        fmt::print("{}\n", printable(entry));
      }
      std::fflush(stdout);
    }
    for (const BatchMetrics& batch : s.batches_since) {
      loss_ = loss_ < 0 ? batch.loss : 0.9 * loss_ + 0.1 * batch.loss;
      accuracy_ = accuracy_ < 0 ? batch.accuracy : 0.9 * accuracy_ + 0.1 * batch.accuracy;
    }
    if (s.state == SessionState::running && loss_ >= 0) {
      line_.show(progress_of(s, loss_, accuracy_));
    }
    latest_ = s;
  }

  [[nodiscard]] const std::string& run_folder() const { return latest_.run_folder; }

  int finish() {
    line_.clear();
    const std::string state(to_string(latest_.state));
    if (json_) {
      Json json{{"state", state},
                {"epochs_done", last_ ? last_->epoch : 0},
                {"last_test_accuracy", last_ ? last_->test_accuracy : 0.0},
                {"train_seconds", latest_.elapsed_s},
                {"run", latest_.run_folder}};
      if (best_validation_) json["best_validation_accuracy"] = *best_validation_;
      if (latest_.state == SessionState::failed) json["error"] = latest_.message;
      fmt::print("{}\n", json.dump(-1, ' ', false, Json::error_handler_t::replace));
    } else if (last_) {
      const std::string validation =
          best_validation_ ? fmt::format(", best validation accuracy {:.1f} %",
                                         100.0 * *best_validation_)
                           : std::string();
      fmt::print("Test accuracy {:.1f} % after {} epochs{}, {} of training.\n",
                 100.0 * last_->test_accuracy, last_->epoch, validation,
                 duration(latest_.elapsed_s));
    }
    if (!json_ && !latest_.run_folder.empty()) fmt::print("Run: {}\n", printable(latest_.run_folder));
    std::fflush(stdout);
    if (latest_.state == SessionState::failed) {
      fmt::print(stderr, "paralif: {}\n", printable(latest_.message));
      return failure;
    }
    if (latest_.state == SessionState::stopped) {
      if (!latest_.run_folder.empty()) {
        fmt::print(stderr, "paralif: stopped; go on with: paralif train --resume '{}'\n",
                   printable(latest_.run_folder));
      }
      return InterruptGuard::status();
    }
    return success;
  }

 private:
  bool json_;
  ProgressLine line_;
  std::optional<EpochMetrics> last_;
  std::optional<double> best_validation_;
  double loss_ = -1.0;
  double accuracy_ = -1.0;
  Snapshot latest_;
};

/// A process that another one began, or srun beside the first.
int train_beside(const ProcessShare& share) {
  const InterruptGuard ignored;  // the first process decides when the training ends
  try {
    train_as_member(share);
  } catch (const Error&) {
    return failure;  // the first process says why
  }
  return success;
}

int train(const TrainOptions& options) {
  const std::filesystem::path runs_root =
      options.runs_root.empty() ? default_runs_root() : std::filesystem::path(options.runs_root);
  if (options.show_recording) {
    print_recording(experiment_of(options), options.json);
    return success;
  }
  std::optional<ProcessShare> share = share_of_environment(runs_root);
  if (share && share->rank > 0) return train_beside(*share);
  if (share && options.processes > 1) {
    throw Error(Error::Kind::setting, "processes", "srun has started several already",
                "leave it out");
  }
  if (options.no_record && !options.resume.empty()) {
    throw Error(Error::Kind::setting, "resume", "goes on recording, which --no-record forbids",
                "leave one of them out");
  }
  SessionOptions session_options;
  if (!options.no_record) session_options.runs_root = runs_root;
  session_options.resume = options.resume;
  session_options.watch = options.watch;
  const Experiment experiment = experiment_of(options);
  if (options.processes > experiment.training.batch_size) {
    throw Error(Error::Kind::setting, "processes",
                fmt::format("{} samples cannot be shared by {} processes", experiment.training.batch_size,
                            options.processes),
                "raise --batch_size or use fewer");
  }
  std::optional<ProcessTeam> team;
  if (options.processes > 1) {
    team.emplace(options.processes);
    share = team->share();
  } else if (share) {
    std::filesystem::create_directories(share->meeting);
  }
  session_options.share = share;
  Session session(experiment, session_options);
  const InterruptGuard interrupts;
  TrainView view(options.json);
  session.start();
  bool ended = false;
  while (!ended) {
    ended = session.wait(0.1);
    if (InterruptGuard::count() > 0) {
      session.stop();
      // One that hangs would be waited for.
      if (team && !session.wait(1.0)) team->kill();
    }
    if (const auto snapshot = session.take()) view.show(*snapshot);
  }
  const int status = view.finish();
  if (share && !team) {
    // Those that still look there take its absence for the end.
    std::error_code none;
    std::filesystem::remove_all(share->meeting, none);
  }
  if (team && status == failure) {
    if (const std::string killed = team->killed(); !killed.empty()) {
      fmt::print(stderr, "paralif: {}\n", killed);
    }
    if (const std::string& run = view.run_folder(); !run.empty()) {
      fmt::print(stderr, "paralif: go on with: paralif train --resume '{}' --processes {}\n", printable(run),
                 options.processes);
    }
  }
  return status;
}

}  // namespace

void add_train(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("train", "Train a network and record the run.");
  const auto options = add_train_options(*command);
  command->callback([&action, options] { action = [options] { return train(*options); }; });
}

}  // namespace paralif::cli
