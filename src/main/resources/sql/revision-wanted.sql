select adapter, digest, previous_digest
from wanted_revisions
