// registry/src/privacy/escape-markdown.ts
function escapeMarkdown(text) {
	return text.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Z}]+/gu, " ").trim().replaceAll(/[@#]|!(?=\d)|:(?=[\w+/-])|www(?=\.)|GH-(?=\d)/giu, "$&​").replaceAll(/[&<>\\`*[\](){}|~$^]|(?<![\p{L}\d])_|_(?![\p{L}\d])/gu, toEntity).replace(/^[-+=#]|(?<=^\d+)\.(?= |$)/, toEntity).replaceAll("​", toEntity);
}
function toEntity(character) {
	return `&#${character.codePointAt(0)};`;
}

export { escapeMarkdown as t };