-- Writes the one Markdown document as a page's HTML and, for what is printed of it, as Typst.
--
-- Prose is a stranger's: its attributes and link targets are reduced to the harmless ones. Blocks whose class is
-- the document's token hold what the report itself has made, as HTML; only they may carry numbers and identifiers.

local stringify = pandoc.utils.stringify
local path = pandoc.path
local function beside(name) return dofile(path.join {path.directory(PANDOC_SCRIPT_FILE), name}) end
local forms, marks = beside 'forms.lua', beside 'marks.lua'

local SCHEMES = {http = true, https = true, mailto = true}
local CONTENTS_END, BODY_END = '<!--contents-->', '<!--body-->'

-- Prose ---------------------------------------------------------------------------------------------------------

local function without_attributes(element)
  element.attributes = {}
  element.classes = element.classes:filter(function(class) return forms.CALLOUTS[class] end)
  return element
end

-- Identifiers are for headings and for what the report has made; another one could take the place of theirs.
local function without_identifier(element)
  element.identifier = ''
  return without_attributes(element)
end

local function without_identifiers(element)
  without_identifier(element)
  local parts = {element.head.rows, element.foot.rows}
  for _, body in ipairs(element.bodies) do
    without_identifier(body)
    table.insert(parts, body.head)
    table.insert(parts, body.body)
  end
  for _, part in ipairs {element.head, element.foot} do without_identifier(part) end
  for _, rows in ipairs(parts) do
    for _, row in ipairs(rows) do
      without_identifier(row)
      for _, cell in ipairs(row.cells) do without_identifier(cell) end
    end
  end
  return element
end

-- What stands before a colon is a scheme, unless it is a part of a path; browsers overlook blanks in it.
local function is_harmless(url)
  local scheme = url:match '^([^/?#]*):'
  return scheme == nil or SCHEMES[scheme:lower()] == true
end

local function harmless(blocks, token, pictures)
  local function unless_made(clean)
    return function(element) return not element.classes:includes(token) and clean(element) or nil end
  end
  local plain = unless_made(without_identifier)
  return blocks:walk {
    CodeBlock = plain, Code = plain, Div = plain, Span = plain, Figure = plain,
    Header = without_attributes, Table = without_identifiers,
    Link = function(link)
      if not is_harmless(link.target) then return link.content end
      return without_attributes(link)
    end,
    Image = function(image) -- nothing is fetched: a picture from elsewhere becomes a link
      if pictures[image.src] then return without_attributes(image) end
      local content = #image.caption > 0 and image.caption or {pandoc.Str(image.src)}
      return is_harmless(image.src) and pandoc.Link(content, image.src) or content
    end,
  }
end

-- Headings ------------------------------------------------------------------------------------------------------

-- A single heading of level 1 at the head is the title, which the report prints itself.
local function without_title(blocks)
  local titles = 0
  blocks:walk {Header = function(header) if header.level == 1 then titles = titles + 1 end end}
  local shift = forms.TOP - 1
  if titles == 0 or (titles == 1 and blocks[1].tag == 'Header' and blocks[1].level == 1) then
    shift = 0
    if titles == 1 then blocks:remove(1) end
  end
  return blocks:walk {Header = function(header)
    header.level = header.level + shift
    return header
  end}
end

-- What the page and the lists at its end are called.
local function is_taken(identifier)
  return identifier == 'report' or identifier:match '^source%-%d+$' or identifier:match '^n%x%x%x%x%x%x%x%x+$'
end

-- Levels follow one another without a gap, identifiers are unique, sections are numbered.
local function in_order(blocks, typst, seen)
  local previous, counts = forms.TOP - 1, {}
  local function note(element) seen[element.identifier] = true end
  blocks:walk {Div = note, Figure = note, Span = not typst and note or nil, CodeBlock = note} -- print labels no spans
  return blocks:walk {Header = function(header)
    header.level = math.max(forms.TOP, math.min(header.level, previous + 1))
    previous = header.level
    local identifier, copies = header.identifier, 0
    while seen[header.identifier] or is_taken(header.identifier) do
      copies = copies + 1
      header.identifier = identifier .. '-' .. copies
    end
    seen[header.identifier] = true
    if typst then
      header.level = header.level - forms.TOP + 1
    elseif not header.classes:includes 'unnumbered' and header.level <= forms.TOP + 1 then
      counts[header.level] = (counts[header.level] or 0) + 1
      counts[header.level + 1] = nil
      local number = tostring(counts[forms.TOP])
      if header.level > forms.TOP then number = number .. '.' .. counts[header.level] end
      header.content:insert(1, pandoc.Span(number, {class = 'section-number'}))
      header.content:insert(2, pandoc.Space())
    end
    return header
  end}
end

-- Displays ------------------------------------------------------------------------------------------------------

local function words(value)
  local set = {}
  for word in stringify(value):gmatch '%S+' do set[word] = true end
  return set
end

-- What the report has made stands in the document as code. On the page, what is settled has a place, which it takes
-- as it is; its identifiers are taken there.
local function displays(blocks, token, pictures, form)
  local taken = {}
  local made_of = {CodeBlock = function(block)
    if not block.classes:includes(token) then return nil end
    local kind, made = block.attributes.kind, {}
    if form == 'html' and block.attributes.settled then
      for name in pairs(words(block.attributes.names)) do taken[name] = true end
      return pandoc.RawBlock('html5', '<!--settled:' .. block.attributes.settled .. '-->')
    elseif kind == 'equation' or kind == 'code' then
      block.classes = {'made'}
      if block.attributes.label then block.identifier = 'equation-' .. block.attributes.label end
      made = {block}
    else
      made = pandoc.read(block.text, 'html+gfm_auto_identifiers').blocks
      if kind == 'output' then made = harmless(made, token, pictures) end
    end
    return block.attributes.form and pandoc.Div(made, {form = block.attributes.form}) or made
  end}
  return blocks:walk(made_of), taken
end

-- A block names the forms in which it stands; one that names none stands in the report itself.
local function of_form(blocks, form)
  local kept = pandoc.Blocks {}
  for _, block in ipairs(blocks) do
    local named = block.attributes and block.attributes.form
    if named and words(named)[form] then
      kept:extend(block.content)
    elseif not named and form ~= 'derivations' then
      kept:insert(block)
    end
  end
  return kept
end

-- Links ---------------------------------------------------------------------------------------------------------

-- A file that the notebook gives lies in the report's folder.
local function to_files(blocks, files, folder)
  return blocks:walk {Link = function(link)
    if files[link.target] then
      link.target = folder .. '/' .. link.target
      return link
    end
  end}
end

-- The page holds all that can be linked to; in print, what leads to a part that is not printed is plain words.
local function with_links(blocks)
  local known = {}
  local function note(element) if element.identifier ~= '' then known[element.identifier] = true end end
  blocks:walk {Header = note, Div = note, Figure = note, CodeBlock = note}
  return blocks:walk {Link = function(link)
    local target = link.target:match '^#(.*)'
    if target and not known[target] then return link.content end
  end}
end

-- The whole -----------------------------------------------------------------------------------------------------

local function written(blocks, taken, meta, form)
  local format = form == 'html' and 'html5' or 'typst'
  blocks = in_order(of_form(blocks, form), format == 'typst', taken)
  if format == 'typst' then
    local derivations = words(meta.forms).derivations
    blocks = with_links(blocks):walk {Table = function(element) return marks.beside_columns(element, derivations) end}
  end
  return pandoc.write(pandoc.Pandoc(blocks:walk(forms[format]), meta), format, pandoc.WriterOptions {
    wrap_text = 'none', highlight_method = 'none', table_of_contents = true, toc_depth = 3,
    template = form == 'html' and pandoc.template.compile('$if(toc)$$toc$$endif$' .. CONTENTS_END .. '$body$') or nil,
  })
end

local function whole(prose, token, pictures, meta, form)
  local blocks, taken = displays(prose, token, pictures, form)
  blocks = to_files(blocks, words(meta.files), stringify(meta.folder))
  return written(blocks, taken, meta, form)
end

function Writer(document)
  local meta = document.meta
  local token, pictures, wanted, bodies = stringify(meta.token), words(meta.pictures), words(meta.forms), {}
  local prose = without_title(harmless(document.blocks, token, pictures))
  for _, form in ipairs {'html', 'pdf', 'derivations'} do
    local is_asked = form == 'html' or wanted[form]
    table.insert(bodies, is_asked and whole(prose, token, pictures, meta, form) or '')
  end
  return table.concat(bodies, BODY_END)
end
