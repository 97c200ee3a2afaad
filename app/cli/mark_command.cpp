// `paralif mark` and `paralif bin`: what a person says of runs, and throwing them away.
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/runs_root.h"
#include "core/library/run_bin.h"
#include "core/runs/run_marks.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif::cli {
namespace {

namespace fs = std::filesystem;

struct MarkOptions {
  std::vector<std::string> runs;
  std::optional<std::string> title;
  std::optional<std::string> note;
  std::string add;
  std::string remove;
  bool favourite = false;
  bool no_favourite = false;
  bool no_title = false;
  bool no_note = false;
};

RunMarks changed(RunMarks marks, const MarkOptions& o) {
  if (o.title) marks.title = *o.title;
  if (o.note) marks.note = *o.note;
  if (o.no_title) marks.title.clear();
  if (o.no_note) marks.note.clear();
  if (o.favourite) marks.favourite = true;
  if (o.no_favourite) marks.favourite = false;
  marks.tags = changed_tags(std::move(marks.tags), tags_of(o.add), tags_of(o.remove));
  return marks;
}

void print_marks(const fs::path& run, const RunMarks& marks) {
  fmt::print("{}\n  title      {}\n  tags       {}\n  note       {}\n  favourite  {}\n",
             printable(run.string()), marks.title.empty() ? "-" : printable(marks.title),
             marks.tags.empty() ? "-" : fmt::format("{}", fmt::join(marks.tags, " ")),
             marks.note.empty() ? "-" : printable(marks.note), marks.favourite ? "yes" : "no");
}

int mark(const MarkOptions& o) {
  for (const std::string& run : o.runs) {
    if (!has_file_of_run(run)) {
      throw Error(Error::Kind::file, run, "is not the folder of a run");
    }
  }
  const bool changes = o.title || o.note || !o.add.empty() || !o.remove.empty() || o.favourite ||
                       o.no_favourite || o.no_title || o.no_note;
  for (const std::string& run : o.runs) {
    const RunMarks marks = changed(read_marks(run), o);
    if (changes) write_marks(run, marks);
    print_marks(run, marks);
  }
  return success;
}

struct BinOptions {
  std::string root;
  std::vector<std::string> runs;
  bool restore = false;
  bool empty = false;
};

/// A path, or a name below the root.
fs::path found(const fs::path& root, const std::string& run) {
  std::error_code code;
  return fs::exists(run, code) ? fs::absolute(run) : root / run;
}

int bin(const BinOptions& o) {
  const fs::path root = fs::absolute(root_of(o.root));
  if (o.empty) {
    const auto all = list_bin(root);
    for (const fs::path& binned : all) delete_from_bin(root, binned);
    fmt::print("{} removed for good.\n", all.size());
    return success;
  }
  if (o.runs.empty()) {
    throw Error(Error::Kind::setting, "RUN", "is missing",
                "name the runs, or list the bin with: paralif runs --bin");
  }
  for (const std::string& run : o.runs) {  // all or none
    const fs::path folder = found(o.restore ? bin_of(root) : root, run);
    if (!has_file_of_run(folder)) {
      throw Error(Error::Kind::file, folder.string(), "is not the folder of a run");
    }
  }
  for (const std::string& run : o.runs) {
    const fs::path now = o.restore ? restore_from_bin(root, found(bin_of(root), run))
                                   : move_to_bin(root, found(root, run));
    fmt::print("{}\n", printable(now.string()));
  }
  return success;
}

}  // namespace

void add_mark(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("mark", "Name, tag and annotate recorded runs.");
  auto o = std::make_shared<MarkOptions>();
  command->add_option("RUN", o->runs, "Folders of runs")->required();
  command->add_option("--title", o->title, "A name of its own");
  command->add_flag("--no-title", o->no_title, "The experiment's name again");
  command->add_option("--note", o->note, "What there is to say about it");
  command->add_flag("--no-note", o->no_note, "No note");
  command->add_option("--tag", o->add, "Words to add, such as paper,slow");
  command->add_option("--untag", o->remove, "Words to take away");
  command->add_flag("--favourite", o->favourite, "Make it a favourite");
  command->add_flag("--no-favourite", o->no_favourite, "Make it none");
  command->callback([&action, o] { action = [o] { return mark(*o); }; });
}

void add_bin(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("bin", "Throw runs away, and take them back.");
  auto o = std::make_shared<BinOptions>();
  command->add_option("RUN", o->runs, "Folders of runs, or their names");
  command->add_option("--dir", o->root, "Folder that holds the runs");
  auto* restore = command->add_flag("--restore", o->restore, "Take them back out of the bin");
  command->add_flag("--empty", o->empty, "Remove for good what lies in it")->excludes(restore);
  command->callback([&action, o] { action = [o] { return bin(*o); }; });
}

}  // namespace paralif::cli
