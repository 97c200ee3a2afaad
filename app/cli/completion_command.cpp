// `paralif completion`: what a shell needs to complete command lines, made from the help of every
// subcommand and from the table of fields.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

#include "app/cli/commands.h"
#include "app/cli/help_texts.h"
#include "core/experiments/fields.h"
#include "core/experiments/presets.h"

namespace paralif::cli {
namespace {

bool of_a_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; }

/// Every flag that a help text names at the beginning of an entry.
std::set<std::string> flags_in(std::string_view text) {
  std::set<std::string> flags;
  for (std::size_t at = text.find("--"); at != std::string_view::npos; at = text.find("--", at + 1)) {
    const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == ',';
    std::size_t end = at + 2;
    while (end < text.size() && of_a_word(text[end])) ++end;
    if (begins && end > at + 2) flags.emplace(text.substr(at, end - at));
  }
  return flags;
}

/// Names in the list of subcommands of a help text.
std::vector<std::string> subcommands_in(std::string_view text) {
  std::vector<std::string> names;
  const auto list = text.find("Subcommands:\n");
  if (list == std::string_view::npos) return names;
  for (std::size_t at = text.find("\n  ", list); at != std::string_view::npos; at = text.find("\n  ", at + 1)) {
    std::size_t end = at + 3;
    while (end < text.size() && of_a_word(text[end])) ++end;
    if (end > at + 3) names.emplace_back(text.substr(at + 3, end - at - 3));
  }
  return names;
}

/// What a flag takes, where that is one of a few words.
std::map<std::string, std::vector<std::string>> values() {
  std::map<std::string, std::vector<std::string>> all;
  for (const Field& field : experiment_fields()) {
    if (!field.choices.empty()) all["--" + std::string(field.flag)] = field.choices;
  }
  for (const Preset& preset : presets()) all["--preset"].push_back(preset.id);
  return all;
}

void print_bash(bool zsh) {
  if (zsh) fmt::print("autoload -U +X bashcompinit && bashcompinit\n");
  fmt::print("_paralif() {{\n"
             "  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} words=\n"
             "  COMPREPLY=()\n"
             "  case $before in\n");
  for (const auto& [flag, words] : values()) {
    fmt::print("    {}) COMPREPLY=($(compgen -W \"{}\" -- \"$word\")); return ;;\n", flag,
               fmt::join(words, " "));
  }
  fmt::print("  esac\n");
  for (const HelpText& help : help_texts()) {
    if (!help.command.empty()) continue;
    fmt::print("  [ \"$COMP_CWORD\" -gt 1 ] || words=\"{} --help --version\"\n",
               fmt::join(subcommands_in(help.text), " "));
  }
  fmt::print("  [ \"$COMP_CWORD\" -eq 1 ] || case ${{COMP_WORDS[1]}} in\n");
  for (const HelpText& help : help_texts()) {
    if (help.command.empty()) continue;
    fmt::print("    {}) words=\"{} {}\" ;;\n", help.command, fmt::join(subcommands_in(help.text), " "),
               fmt::join(flags_in(help.text), " "));
  }
  fmt::print("  esac\n"
             "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
             "  [ \"${{word#-}}\" != \"$word\" ] || COMPREPLY+=($(compgen -f -- \"$word\"))\n"
             "}}\n"
             "complete -o filenames -F _paralif paralif\n");
}

void print_fish() {
  const auto line = [](const std::string& when, const std::string& what) {
    fmt::print("complete -c paralif -n '{}' {}\n", when, what);
  };
  const auto given = values();
  for (const HelpText& help : help_texts()) {
    const std::string command(help.command);
    const std::string when = command.empty() ? "__fish_use_subcommand"
                                             : "__fish_seen_subcommand_from " + command;
    for (const std::string& name : subcommands_in(help.text)) line(when, "-a " + name);
    for (const std::string& flag : flags_in(help.text)) {
      const auto words = given.find(flag);
      line(when, "-l " + flag.substr(2) +
                     (words == given.end() ? "" : fmt::format(" -x -a '{}'", fmt::join(words->second, " "))));
    }
  }
}

int print(const std::string& shell) {
  if (shell == "fish") {
    print_fish();
  } else {
    print_bash(shell == "zsh");
  }
  return success;
}

}  // namespace

void add_completion(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand(
      "completion", "Print what a shell needs to complete command lines: source <(paralif completion bash)");
  auto shell = std::make_shared<std::string>("bash");
  command->add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([&action, shell] { action = [shell] { return print(*shell); }; });
}

}  // namespace paralif::cli
