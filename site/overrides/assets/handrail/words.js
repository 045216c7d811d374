/* Sentences from the data of a page, in its language, with values put in. What comes of it is a text, never markup.

`say` holds them by name; where one agrees with `number`, it is a list of forms, and `groups` has the place of the form
for each number up to 199. */
"use strict";
const handrailWords = ({ say, groups }) => (name, values = {}) => {
  const { number } = values;
  const group = () => groups[number < groups.length ? number : 100 + (number % 100)];
  const found = typeof say[name] === "string" ? say[name] : say[name][group()];
  return found.replace(/%\((\w+)\)s/g, (_, value) => values[value]);
};
