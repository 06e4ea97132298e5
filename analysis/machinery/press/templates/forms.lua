-- What each writer understands: the elements of a report's document as the page's HTML, and as Typst.

local stringify = pandoc.utils.stringify
local columns = dofile(pandoc.path.join {pandoc.path.directory(PANDOC_SCRIPT_FILE), 'columns.lua'})

local CALLOUTS = {answer = true, note = true, caution = true, limits = true}
local TOP = 2 -- the level of a section's heading; level 1 is the title of the page

local function html(text) return pandoc.RawInline('html5', text) end
local function typst(text) return pandoc.RawInline('typst', text) end
local function html_block(text) return pandoc.RawBlock('html5', text) end
local function typst_block(text) return pandoc.RawBlock('typst', text) end
local function quoted(text) return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"' end
local function escaped(text) return (text:gsub('&', '&amp;'):gsub('<', '&lt;'):gsub('>', '&gt;'):gsub('"', '&quot;')) end

local function enclosed(open, content, close)
  local result = pandoc.List {open}
  result:extend(content)
  result:insert(close)
  return result
end

-- Mathematics ---------------------------------------------------------------------------------------------------

local function set(math, form, begins)
  local text = pandoc.write(pandoc.Pandoc {pandoc.Plain {math}}, form, {html_math_method = 'mathml', wrap_text = 'none'})
  if not text:match(begins) then
    error('refused: the equation "' .. math.text .. '" cannot be read as TeX', 0)
  end
  return text
end

local function set_html(math, alt)
  local text = set(math, 'html5', '<math ')
  return (text:gsub('<math ', function() return '<math alttext="' .. escaped(alt) .. '" ' end, 1))
end

local function set_typst(math, alt, numbering)
  local text = set(math, 'typst', '^%$')
  local block = math.mathtype == 'DisplayMath' and 'true' or 'false'
  return '#math.equation(block: ' .. block .. ', ' .. (numbering or '') .. 'alt: ' .. quoted(alt) .. ', ' .. text .. ')'
end

local function display(block) return pandoc.Math('DisplayMath', block.text) end

-- HTML ----------------------------------------------------------------------------------------------------------

local function code(block)
  return html_block(
    '<details class="code"><summary>Code</summary><pre tabindex="0"><code>' .. escaped(block.text)
      .. '</code></pre></details>'
  )
end

local for_html = {
  CodeBlock = function(block)
    if not block.classes:includes 'made' then return nil end
    if block.attributes.kind == 'code' then return code(block) end
    local number = pandoc.Span('(' .. block.attributes.number .. ')', {class = 'equation-number'})
    return pandoc.Div(
      {pandoc.Plain {html(set_html(display(block), block.attributes.alt)), number}},
      pandoc.Attr(block.identifier, {'equation'}, {
        {'role', 'group'}, {'tabindex', '0'}, {'aria-label', 'Equation ' .. block.attributes.number},
      })
    )
  end,
  Math = function(math) return html(set_html(math, math.text)) end,
  Div = function(div)
    if div.classes:includes 'part' then return html_block('<!--part:' .. div.identifier .. '-->') end
  end,
}

-- Typst ---------------------------------------------------------------------------------------------------------

local for_typst = {
  CodeBlock = function(block)
    if not block.classes:includes 'made' then return nil end
    if block.attributes.kind == 'code' then return {} end
    local text = set_typst(display(block), block.attributes.alt, 'numbering: "(1)", ')
    return typst_block(text .. (block.identifier ~= '' and ' <' .. block.identifier .. '>' or ''))
  end,
  Span = function(span)
    if span.classes:includes 'number' then
      local marks = span.classes:filter(function(class) return class ~= 'number' and class ~= 'in-column' and class ~= 'end' end)
      local call = span.classes:includes 'in-column' and '#cell-number(' or '#number('
      call = call .. quoted(span.attributes.number) .. ', ' .. quoted(table.concat(marks, ' ')) .. ')['
      return enclosed(typst(call), span.content, typst ']')
    elseif span.classes:includes 'head-mark' then
      return typst('#letter(' .. quoted(span.attributes.word) .. ')')
    elseif span.classes:includes 'ends' then
      return enclosed(typst '#ends[', span.content, typst ']')
    elseif span.classes:includes 'data' then
      return {}
    elseif span.classes:includes 'label' then
      return pandoc.Strong(span.content)
    end
    return span.content
  end,
  Image = function(image)
    return typst('#image(' .. quoted(image.src) .. ', alt: ' .. quoted(stringify(image.caption)) .. ')')
  end,
  Math = function(math) return typst(set_typst(math, math.text)) end,
  Table = function(element)
    local numeric = columns.numeric(element)
    element.colspecs = pandoc.List(element.colspecs):map(function(specification, place)
      return {numeric[place] and 'AlignRight' or 'AlignLeft', specification[2]}
    end)
    local text = pandoc.write(pandoc.Pandoc {element}, 'typst', {wrap_text = 'none'})
    local widths, room = columns.widths(element, numeric)
    local call = '[#data-table(' .. room .. ', columns: ' .. widths .. ','
    text = text:gsub('%[#table%(%s*columns: [^\n]*', call:gsub('%%', '%%%%'), 1)
    return typst_block('#whole[\n' .. text .. '\n]')
  end,
  Div = function(div)
    if div.classes:includes 'part' then return typst_block('#' .. div.identifier .. '-part()') end
    for _, class in ipairs(div.classes) do
      if CALLOUTS[class] then
        return enclosed(typst_block('#callout(' .. quoted(class) .. ')['), div.content, typst_block ']')
      elseif class == 'table' then
        div.content:insert(1, typst_block('#metadata(none) <' .. div.identifier .. '>'))
        local noted = div.content:find_if(function(block) return block.text == '#table-note[' end)
        return noted and enclosed(typst_block '#noted[', div.content, typst_block ']') or div.content
      elseif class == 'table-note' then
        if stringify(div.content) == '' then return {} end
        return enclosed(typst_block '#table-note[', div.content, typst_block ']')
      end
    end
    return div.content
  end,
}

return {CALLOUTS = CALLOUTS, TOP = TOP, html5 = for_html, typst = for_typst}
