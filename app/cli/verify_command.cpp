// `paralif verify`: our implementations against recorded outputs of the published code.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "core/agreement/verification.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif::cli {
namespace {

std::string number(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.1e}", value);
}

std::string count(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.0f}", value);
}

const char* verdict(const VerifiedCase& one) {
  if (!one.judged) return "open";
  return one.passed ? "ok" : "FAILED";
}

void print_case(const VerifiedCase& one) {
  fmt::print("{:<6} {:<36} {:<10} {:>9} {:>7} {:>9} {:>9} {:>9}  {}\n", verdict(one),
             one.name, one.backend, number(one.membrane), count(one.spikes),
             number(one.gradient), number(one.loss), number(one.value), one.note);
}

nlohmann::ordered_json json_of(const VerifiedCase& one, const std::string& file) {
  nlohmann::ordered_json json{
      {"file", file}, {"case", one.name}, {"evaluation", one.backend}, {"passed", one.passed}};
  if (!one.judged) json["passed"] = nullptr;
  const auto put = [&](const char* name, double value) {
    if (!std::isnan(value))
      json[name] =
          std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json("infinite");
  };
  put("membrane", one.membrane);
  put("spikes", one.spikes);
  put("gradient", one.gradient);
  put("loss", one.loss);
  put("value", one.value);
  if (!one.note.empty()) json["note"] = one.note;
  return json;
}

int verify(const std::vector<std::string>& files, bool as_json) {
  std::size_t cases = 0;
  std::size_t failed = 0;
  std::size_t open = 0;
  auto all = nlohmann::ordered_json::array();
  if (!as_json) {
    fmt::print("{:<6} {:<36} {:<10} {:>9} {:>7} {:>9} {:>9} {:>9}  {}\n", "", "case", "backend",
               "membrane", "spikes", "gradient", "loss", "value", "note");
  }
  for (const std::string& file : files) {
    if (!as_json) fmt::print("{}\n", printable(file));
    verify_file(file, [&](const VerifiedCase& one) {
      ++cases;
      failed += one.judged && !one.passed ? 1 : 0;
      open += one.judged ? 0 : 1;
      if (as_json) {
        all.push_back(json_of(one, file));
      } else {
        print_case(one);
      }
    });
  }
  if (as_json) {
    fmt::print(
        "{}\n",
        nlohmann::ordered_json{{"cases", cases}, {"failed", failed}, {"open", open}, {"results", all}}.dump(2));
  } else {
    fmt::print("{} of {} cases within tolerance{}\n", cases - failed - open, cases,
               open > 0 ? fmt::format(", {} cannot be judged", open) : "");
  }
  return failed == 0 && cases > open ? success : failure;
}

}  // namespace

void add_verify(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand(
      "verify", "Run our implementations on recorded cases of the published code and compare.");
  auto files = std::make_shared<std::vector<std::string>>();
  auto as_json = std::make_shared<bool>(false);
  command->add_option("FILE", *files, "HDF5 files laid out as neurons.h5, training.h5, networks.h5, yinyang.h5; graphs (.nir) and "
                      "weights (.pt) with an .h5 beside them; JSON laid out as robustness.json, "
                      "schedules.json")
      ->required();
  command->add_flag("--json", *as_json, "Print the results as JSON");
  command->callback([&action, files, as_json] {
    action = [files, as_json] { return verify(*files, *as_json); };
  });
}

}  // namespace paralif::cli
