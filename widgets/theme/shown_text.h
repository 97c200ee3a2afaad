// Text that may come from files, as labels, menus and tool tips can show it.
#pragma once

#include <QString>
#include <string_view>

namespace paralif {

/// Valid UTF-8 of one line, in which control characters and marks of direction are escaped.
/// Labels that show it have Qt::PlainText.
QString shownText(std::string_view text);
QString shownText(const QString& text);

/// The same for a menu, where a single ampersand would mark a key.
QString menuText(const QString& text);

/// The same, of several lines, for a tool tip: nothing in it is read as markup.
QString tipText(const QString& lines);

}  // namespace paralif
