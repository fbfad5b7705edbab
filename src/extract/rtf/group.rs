//! The state of one RTF group: where its text goes and how it looks. A group inherits all of it and gives none back.

/// Where text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Target {
    /// The document.
    Body,
    /// Nowhere; nothing inside is looked at but groups.
    Skip,
    /// Nowhere, but text boxes and pictures inside count.
    Frame,
    /// `\fonttbl`
    Fonts,
    /// `\colortbl`
    Colours,
    /// `\*\revtbl`: names of authors of changes.
    Authors,
    /// `\*\rsidtbl`
    SaveIds,
    /// `\info`, outside of its fields.
    Info,
    /// A field of `\info`, or a destination like one.
    Field(Field),
    /// A time of `\info`.
    Time(Field),
    /// `\pict`: digits of a picture.
    Picture,
    /// `\fldinst`
    Instruction,
    /// `\*\annotation`
    Comment,
}

/// What a text outside the document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Field {
    Title,
    Author,
    Operator,
    Company,
    Generator,
    Template,
    CommentAuthor,
    CommentDate,
    Created,
    Revised,
}

/// What happens when a group ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) enum Closing {
    /// Nothing.
    #[default]
    Nothing,
    /// A text outside the document is complete.
    Field(Field),
    /// A text box, note, header or footer ends.
    Aside,
    /// The instruction of a field is complete.
    Instruction,
    /// The result of a field ends.
    Link,
    /// A field ends.
    WholeField,
    /// A picture is complete.
    Picture,
    /// A comment is complete.
    Comment,
}

/// How characters look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Chars {
    /// Number of the font.
    pub font: i32,
    /// Size in half points.
    pub half_points: u16,
    /// Number of the colour; 0 is automatic.
    pub colour: i32,
    /// Number of the colour under them; 0 is none.
    pub ground: i32,
    /// `\v`
    pub hidden: bool,
    /// `\deleted`
    pub deleted: bool,
    /// `\revised`
    pub inserted: bool,
    /// Number of the change's author.
    pub author: i32,
    /// Time of the change (DTTM).
    pub time: i32,
}

impl Chars {
    /// As `\plain` sets it, with the file's default font.
    pub fn plain(font: i32) -> Self {
        Self {
            font,
            half_points: 24,
            colour: 0,
            ground: 0,
            hidden: false,
            deleted: false,
            inserted: false,
            author: 0,
            time: 0,
        }
    }
}

/// How a paragraph looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct Paragraph {
    /// Left indent in twips.
    pub indent: i32,
    /// Number of the colour under it; 0 is none.
    pub ground: i32,
    /// In a table.
    pub in_table: bool,
}

/// One group.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct Group {
    /// Where its text goes.
    pub target: Target,
    /// How it looks.
    pub chars: Chars,
    /// How its paragraphs look.
    pub paragraph: Paragraph,
    /// Characters that stand for a `\u` in readers that do not know it.
    pub fallback: usize,
    /// What happens at its end.
    pub closing: Closing,
    /// In a text box, whose ground is not known.
    pub in_box: bool,
}
