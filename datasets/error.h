// The one family of errors that a user can put right, with its facts as fields.
#pragma once

#include <stdexcept>
#include <string>

namespace paralif {

/// What went wrong, in a sentence for people: "<subject>: <problem>; <remedy>".
/// A bug in the program is a std::logic_error instead.
class Error : public std::runtime_error {
 public:
  enum class Kind {
    setting,    ///< a value that cannot be used: subject is the field's key
    file,       ///< something on disk: subject is the path
    numerical,  ///< training left the finite numbers: subject is the quantity
    device,     ///< a device that is absent or out of memory: subject is the device
    verdict     ///< a check that ran and failed: subject is what was checked
  };

  Error(Kind kind, std::string subject, std::string problem, std::string remedy = {});

  /// The same where people know the subject by another name: the sentence begins with `shown`.
  static Error shown_as(Kind kind, std::string subject, const std::string& shown,
                        std::string problem, std::string remedy = {});

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] const std::string& subject() const { return subject_; }
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] const std::string& remedy() const { return remedy_; }

 private:
  Error(Kind kind, std::string subject, const std::string& shown, std::string problem,
        std::string remedy, int);

  Kind kind_;
  std::string subject_;
  std::string problem_;
  std::string remedy_;
};

}  // namespace paralif
