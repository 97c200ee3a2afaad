#include "core/library/run_index.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <span>

#include "core/experiments/fields.h"
#include "datasets/error.h"
#include "datasets/user_folders.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

/// Told apart from errors of ours, which no new file would mend.
struct SqliteError {
  std::string what;
};

void check(int code, sqlite3* database) {
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
  throw SqliteError{database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code)};
}

/// A prepared statement; places count from 1, columns from 0, as in SQLite.
class Statement {
 public:
  Statement(sqlite3* database, const std::string& sql) : database_(database) {
    check(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement_, nullptr), database);
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void bind(int place, const std::string& text) {
    check(sqlite3_bind_text(statement_, place, text.data(), static_cast<int>(text.size()),
                            SQLITE_TRANSIENT),
          database_);
  }
  void bind(int place, std::int64_t number) {
    check(sqlite3_bind_int64(statement_, place, number), database_);
  }
  void bind(int place, std::optional<double> number) {
    check(number ? sqlite3_bind_double(statement_, place, *number)
                 : sqlite3_bind_null(statement_, place),
          database_);
  }
  bool step() {
    const int code = sqlite3_step(statement_);
    check(code, database_);
    return code == SQLITE_ROW;
  }
  void run() {
    step();
    check(sqlite3_reset(statement_), database_);
  }
  [[nodiscard]] std::string text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes == nullptr
               ? std::string()
               : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }
  [[nodiscard]] std::int64_t whole(int column) const {
    return sqlite3_column_int64(statement_, column);
  }
  [[nodiscard]] std::optional<double> real(int column) const {
    if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
    return sqlite3_column_double(statement_, column);
  }

 private:
  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
};

/// A value of an entry as a column of the table.
struct Stored {
  std::string name;
  std::function<void(Statement&, int, const RunEntry&)> write;
  std::function<void(const Statement&, int, RunEntry&)> read;
};

Stored stored(const char* name, std::string RunEntry::*member) {
  return {name,
          [member](Statement& s, int at, const RunEntry& r) { s.bind(at, r.*member); },
          [member](const Statement& s, int at, RunEntry& r) { r.*member = s.text(at); }};
}

Stored stored(const char* name, std::int64_t RunEntry::*member) {
  return {name,
          [member](Statement& s, int at, const RunEntry& r) { s.bind(at, r.*member); },
          [member](const Statement& s, int at, RunEntry& r) { r.*member = s.whole(at); }};
}

Stored stored(const char* name, std::optional<double> RunEntry::*member) {
  return {name,
          [member](Statement& s, int at, const RunEntry& r) { s.bind(at, r.*member); },
          [member](const Statement& s, int at, RunEntry& r) { r.*member = s.real(at); }};
}

std::string joined(const std::vector<std::string>& tags) {
  return fmt::format("{}", fmt::join(tags, " "));
}

std::vector<Stored> make_stored() {
  std::vector<Stored> all{
      stored("title", &RunEntry::title),
      {"status",
       [](Statement& s, int at, const RunEntry& r) { s.bind(at, std::string(to_string(r.status))); },
       [](const Statement& s, int at, RunEntry& r) {
         r.status = run_status_of(s.text(at)).value_or(RunStatus::damaged);
       }},
      stored("dataset", &RunEntry::dataset),
      stored("network", &RunEntry::network),
      stored("sweep", &RunEntry::sweep),
      stored("started_at", &RunEntry::started_at),
      stored("epochs_done", &RunEntry::epochs_done),
      stored("epochs", &RunEntry::epochs),
      stored("best_validation_accuracy", &RunEntry::best_validation_accuracy),
      stored("best_test_accuracy", &RunEntry::best_test_accuracy),
      stored("last_test_accuracy", &RunEntry::last_test_accuracy),
      stored("parameters", &RunEntry::parameters),
      {"train_seconds",
       [](Statement& s, int at, const RunEntry& r) { s.bind(at, std::optional(r.train_seconds)); },
       [](const Statement& s, int at, RunEntry& r) {
         r.train_seconds = s.real(at).value_or(0.0);
       }},
      {"tags", [](Statement& s, int at, const RunEntry& r) { s.bind(at, joined(r.marks.tags)); },
       [](const Statement& s, int at, RunEntry& r) { r.marks.tags = tags_of(s.text(at)); }},
      {"note", [](Statement& s, int at, const RunEntry& r) { s.bind(at, r.marks.note); },
       [](const Statement& s, int at, RunEntry& r) { r.marks.note = s.text(at); }},
      {"own_title", [](Statement& s, int at, const RunEntry& r) { s.bind(at, r.marks.title); },
       [](const Statement& s, int at, RunEntry& r) { r.marks.title = s.text(at); }},
      {"favourite",
       [](Statement& s, int at, const RunEntry& r) {
         s.bind(at, std::int64_t{r.marks.favourite ? 1 : 0});
       },
       [](const Statement& s, int at, RunEntry& r) { r.marks.favourite = s.whole(at) != 0; }}};
  std::size_t index = 0;
  for (const Field& field : experiment_fields()) {
    const std::size_t i = index++;
    all.push_back({"setting." + std::string(field.key),
                   [i](Statement& s, int at, const RunEntry& r) { s.bind(at, r.settings.at(i)); },
                   [i](const Statement& s, int at, RunEntry& r) {
                     r.settings.resize(experiment_fields().size());
                     r.settings[i] = s.text(at);
                   }});
  }
  return all;
}

std::span<const Stored> stored_columns() {
  static const std::vector<Stored> all = make_stored();
  return all;
}

constexpr int first_value = 2;  ///< behind folder and stamp

std::string column_names() {
  std::string names = "folder, stamp";
  for (const Stored& column : stored_columns()) names += fmt::format(", \"{}\"", column.name);
  return names;
}

}  // namespace

struct RunIndex::Database {
  sqlite3* handle = nullptr;

  explicit Database(const fs::path& file) {
    try {
      check(sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                            nullptr),
            handle);
      check(sqlite3_busy_timeout(handle, 2000), handle);
      execute("PRAGMA journal_mode = WAL");
      execute("PRAGMA synchronous = OFF");  // a cache: what a power cut takes is read again
      if (!has_our_columns()) {
        execute("DROP TABLE IF EXISTS run");
        execute(fmt::format("CREATE TABLE IF NOT EXISTS run ({}, PRIMARY KEY (folder))",
                            column_names()));
      }
    } catch (...) {
      sqlite3_close(handle);
      throw;
    }
  }
  ~Database() { sqlite3_close(handle); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void execute(const std::string& sql) const {
    check(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), handle);
  }

  [[nodiscard]] bool has_our_columns() const {
    Statement info(handle, "SELECT name FROM pragma_table_info('run')");
    std::vector<std::string> names;
    while (info.step()) names.push_back(info.text(0));
    std::vector<std::string> wanted{"folder", "stamp"};
    for (const Stored& column : stored_columns()) wanted.push_back(column.name);
    return names == wanted;
  }
};

namespace {

[[noreturn]] void unusable(const std::string& what) {
  throw Error(Error::Kind::file, "the index of runs", what,
              "check its folder's permissions and space, or remove it to have it made anew");
}

}  // namespace

RunIndex::RunIndex(const fs::path& file) {
  std::error_code code;
  fs::create_directories(file.parent_path(), code);
  try {
    database_ = std::make_unique<Database>(file);
    return;
  } catch (const SqliteError&) {
    // Damaged, or no database: it is a cache, and made anew.
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(file.string() + end, code);
  }
  try {
    database_ = std::make_unique<Database>(file);
  } catch (const SqliteError& error) {
    unusable(fmt::format("{}: {}", file.string(), error.what));
  }
}

RunIndex::~RunIndex() = default;

std::map<std::string, RunIndex::Row> RunIndex::rows(const fs::path& root) const {
  std::map<std::string, Row> rows;
  try {
    Statement all(database_->handle, "SELECT " + column_names() + " FROM run ORDER BY folder");
    while (all.step()) {
      std::string folder = all.text(0);
      Row row;
      row.stamp = all.text(1);
      row.entry.folder = root / folder;
      int at = first_value;
      for (const Stored& column : stored_columns()) column.read(all, at++, row.entry);
      rows.emplace_hint(rows.end(), std::move(folder), std::move(row));
    }
  } catch (const SqliteError& error) {
    unusable(error.what);
  } catch (const Error& error) {  // tags that are none: not written by us
    unusable(error.what());
  }
  return rows;
}

void RunIndex::update(const std::map<std::string, Row>& changed,
                      const std::vector<std::string>& removed) {
  if (changed.empty() && removed.empty()) return;
  try {
    database_->execute("BEGIN IMMEDIATE");
    try {
      std::string places = "?, ?";
      for (std::size_t i = 0; i < stored_columns().size(); ++i) places += ", ?";
      Statement insert(database_->handle, fmt::format("INSERT OR REPLACE INTO run ({}) VALUES ({})",
                                                      column_names(), places));
      for (const auto& [folder, row] : changed) {
        insert.bind(1, folder);
        insert.bind(2, row.stamp);
        int place = first_value + 1;
        for (const Stored& column : stored_columns()) column.write(insert, place++, row.entry);
        insert.run();
      }
      Statement erase(database_->handle, "DELETE FROM run WHERE folder = ?");
      for (const std::string& folder : removed) {
        erase.bind(1, folder);
        erase.run();
      }
      database_->execute("COMMIT");
    } catch (...) {
      sqlite3_exec(database_->handle, "ROLLBACK", nullptr, nullptr, nullptr);
      throw;
    }
  } catch (const SqliteError& error) {
    unusable(error.what);
  }
}

fs::path index_file_of(const fs::path& root) {
  std::error_code code;
  fs::path place = fs::weakly_canonical(root, code);
  if (code) place = root;
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (const char c : place.string()) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  return user_folder(UserFolder::cache, "XDG_CACHE_HOME") / fmt::format("runs-{:016x}.sqlite", hash);
}

}  // namespace paralif
