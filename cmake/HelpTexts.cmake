# Run as a script: cmake -DPROGRAM=... -DVERSION=... -DOUTPUT=... -DMANUAL=... -P HelpTexts.cmake
# Writes the help of every subcommand of PROGRAM as a C++ source and as a page of the manual.
execute_process(COMMAND ${PROGRAM} --help OUTPUT_VARIABLE top RESULT_VARIABLE status)
if(status)
  message(FATAL_ERROR "${PROGRAM} --help failed")
endif()
string(REGEX MATCH "Subcommands:\n.*" list "${top}")
string(REGEX MATCHALL "\n  [a-z]+ " names "${list}")
# Text as troff reads it.
function(troff text result)
  string(REPLACE "\\" "\\e" text "${text}")
  string(REPLACE "-" "\\-" text "${text}")
  string(REGEX REPLACE "\n([.'])" "\n\\\\&\\1" text "\n${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()
troff("${top}" page)
set(manual ".TH PARALIF 1 \"\" \"ParaLIF Studio ${VERSION}\" \"User commands\"
.SH NAME
paralif \\- train, check and measure networks of spiking neurons
.SH SYNOPSIS
.B paralif
.I COMMAND
[\\fIOPTIONS\\fR]
.SH DESCRIPTION
What the studio does, in the terminal; each command has a section below.
.nf${page}.fi
")
set(entries "    {\"\", R\"~~~(${top})~~~\"},\n")
foreach(name IN LISTS names)
  string(STRIP "${name}" name)
  execute_process(COMMAND ${PROGRAM} ${name} --help OUTPUT_VARIABLE text RESULT_VARIABLE status)
  if(status)
    message(FATAL_ERROR "${PROGRAM} ${name} --help failed")
  endif()
  troff("${text}" page)
  string(TOUPPER "${name}" title)
  string(APPEND manual ".SH ${title}\n.nf${page}.fi\n")
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
string(APPEND manual ".SH EXIT STATUS
0: done. 1: it ran and failed. 2: the command line or a setting is wrong. 128 and more: ended by a signal.
.SH FILES
.I ~/.local/share/paralif
holds runs and data, unless PARALIF_RUNS and PARALIF_DATA say otherwise.
.SH SEE ALSO
.BR paralif\\-studio (1)
")
file(WRITE ${MANUAL} "${manual}")
