-- Three characters in a row of each text, in blocks of rows: a search need not read a block that lacks some
-- of those of what is sought. Blocks stored before have none until they are merged, and are read.
ALTER TABLE feedback ADD INDEX text_grams lowerUTF8(text) TYPE ngrambf_v1(3, 32768, 3, 0) GRANULARITY 1
