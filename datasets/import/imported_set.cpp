#include "datasets/import/imported_set.h"

#include "datasets/error.h"
#include "datasets/file_names.h"
#include "datasets/readers/hdf5_columns.h"
#include "datasets/readers/readable.h"
#include "datasets/text.h"

namespace paralif {
namespace fs = std::filesystem;

fs::path folder_of_imports(const fs::path& data_folder) {
  return data_folder / "imported";
}

fs::path folder_of_import(const fs::path& data_folder, const std::string& name) {
  const bool bad = name.empty() || name.size() > 100 || is_companion(name) || name == "." ||
                   name == ".." || name.find_first_of("/\\") != std::string::npos ||
                   printable(name) != name;
  if (bad) {
    throw Error(Error::Kind::setting, "name", "'" + name + "' cannot be a folder's name",
                "give letters, digits and blanks, with no slash and no point in front");
  }
  return folder_of_imports(data_folder) / name;
}

std::optional<ImportedSet> imported_set(const fs::path& folder) {
  const fs::path file = folder / "shd_train.h5";
  if (!is_file(folder / imported_note) || !is_file(file)) return {};
  ImportedSet set{folder, {}, {}};
  if (!set.folder.has_filename()) set.folder = set.folder.parent_path();
  set.about.name = as_utf8(set.folder.filename().string());
  try {
    const Hdf5EventFile events(file);
    const auto text = [&](const char* name) {
      const auto texts = events.contains(name) ? events.texts(name) : std::vector<std::string>();
      return texts.empty() ? std::string() : as_utf8(texts.front());
    };
    if (const std::string name = text("extra/name"); !name.empty()) set.about.name = name;
    set.about.licence = text("extra/licence");
    set.about.source = text("extra/source");
    for (const std::string& name : events.texts("extra/keys")) {
      set.class_names.push_back(as_utf8(name));
    }
  } catch (const Error&) {
    return set;  // opening its parts says what is wrong
  }
  return set;
}

std::vector<ImportedSet> imported_sets(const fs::path& data_folder) {
  std::vector<ImportedSet> sets;
  if (!is_folder(data_folder)) return sets;
  if (auto set = imported_set(data_folder)) sets.push_back(std::move(*set));
  for (const fs::path& folder : {data_folder, folder_of_imports(data_folder)}) {
    if (!is_folder(folder)) continue;
    for (const fs::path& entry : entries_of(folder)) {
      if (is_companion(entry) || !is_folder(entry)) continue;
      if (auto set = imported_set(entry)) sets.push_back(std::move(*set));
    }
  }
  return sets;
}

}  // namespace paralif
