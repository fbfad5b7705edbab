//! Git, to be written.
use crate::extract::ReadError;
use crate::extract::Limits;
use crate::model::Reading;
use std::path::Path;
pub(in crate::extract) fn read(_path: &Path, _shown: &str, _limits: &Limits) -> Result<(String, Reading), ReadError> { Err(ReadError::Empty) }
