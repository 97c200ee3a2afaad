# Run as a script: cmake -DPROGRAM=... -DOUTPUT=... -P HelpTexts.cmake
# Writes the help of every subcommand of PROGRAM as a C++ source.
execute_process(COMMAND ${PROGRAM} --help OUTPUT_VARIABLE top RESULT_VARIABLE status)
if(status)
  message(FATAL_ERROR "${PROGRAM} --help failed")
endif()
string(REGEX MATCH "Subcommands:\n.*" list "${top}")
string(REGEX MATCHALL "\n  [a-z]+ " names "${list}")
set(entries "    {\"\", R\"~~~(${top})~~~\"},\n")
foreach(name IN LISTS names)
  string(STRIP "${name}" name)
  execute_process(COMMAND ${PROGRAM} ${name} --help OUTPUT_VARIABLE text RESULT_VARIABLE status)
  if(status)
    message(FATAL_ERROR "${PROGRAM} ${name} --help failed")
  endif()
  # A compiler need not take a longer literal than this; neighbours are joined.
  set(parts "")
  string(LENGTH "${text}" left)
  while(left GREATER 0)
    string(SUBSTRING "${text}" 0 8000 part)
    string(APPEND parts " R\"~~~(${part})~~~\"")
    string(LENGTH "${part}" taken)
    string(SUBSTRING "${text}" ${taken} -1 text)
    string(LENGTH "${text}" left)
  endwhile()
  string(APPEND entries "    {\"${name}\",${parts}},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"app/cli/help_texts.h\"

#include <array>

namespace paralif::cli {
namespace {

const HelpText texts[] = {
${entries}};

}  // namespace

std::span<const HelpText> help_texts() { return texts; }

std::string_view help_text(std::string_view command) {
  for (const HelpText& one : texts) {
    if (one.command == command) return one.text;
  }
  return {};
}

}  // namespace paralif::cli
")
