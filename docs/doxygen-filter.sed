# In comments <name> stands for a name, and \x1b for itself.
/\/\/[\/!]/ {
  s/<(\/?[a-zA-Z ]+)>/\&lt;\1\&gt;/g
  s/\\([xu][0-9a-f])/\\\\\1/g
}
