/* version.h - which program this is: the text of the file VERSION at the root. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

extern const char cchc_version[];

#endif
